import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import {
  type Either,
  type Intent,
  isLeft,
  type Payee,
  type PaymentError,
  type PayoutInput,
  type Report,
} from '@railswitch/core/provider'
import {
  callOf,
  credited,
  depositIntent,
  depositRef,
  eur,
  recorded as intentFor,
  recordOf,
  unproven,
} from '../__fixtures__/records.ts'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { codes } from '../error-codes.ts'
import { payoutRequirements } from '../requirements.ts'
import type { Encoding } from '../wire/encoding.ts'
import { startPayout } from './payout.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
/** A request sample's parameters, but for the account's own and what the sample happens to have beside ours. */
const fieldsOf = (name: string) => {
  const { merchantid, signature, country, ...fields } = Object.fromEntries(
    new URLSearchParams(sample(name).split('\r\n\r\n').at(-1)),
  )
  return fields
}
const now = () => new Date('2026-11-20T10:00:00.000Z')
const latin1: Encoding = { charset: 'iso-8859-1', onUnencodable: 'transliterate' }

type Target = Pick<PayoutInput, 'to' | 'customer'>
const toDepositor: Target = { to: { payment: depositRef }, customer: { id: 'c-1' } }
const payee = { id: 'c-1', firstName: 'Max', lastName: 'Mustermann', email: 'test@test.com', dateOfBirth: '1970-01-01' }
const toIban: Target = {
  to: { account: { country: 'DE', accountNumber: 'de89 3704 0044 0532 0130 00' } },
  customer: payee,
}

interface Asked {
  readonly reference?: string
  readonly amount?: PayoutInput['amount']
  readonly reports?: readonly Report[]
  readonly deposit?: Partial<Intent>
}
const pay = async (
  target: Target,
  step: Step,
  { reference = 'payout-0001', amount = eur('25.00'), reports = [credited('104837274')], deposit }: Asked = {},
) => {
  const from = 'payment' in target.to ? { account: depositRef } : {}
  const recorded = intentFor({ kind: 'payout', reference, expect: amount, ...from }, [])
  const { client, sent } = scriptedClient([step])
  const call = { ...callOf(recorded, recordOf([recorded])), source: recordOf([depositIntent(deposit)], reports) }
  const input = { reference, amount, ...target } as PayoutInput
  return {
    result: await startPayout({ client, encoding: latin1, now })(input, call)(),
    sent,
    fields: sent[0]?.fields ?? {},
  }
}
const errorOf = (result: Either<PaymentError, unknown>): PaymentError => {
  if (isLeft(result)) return result.left
  throw new Error('it was accepted')
}
const notificationUrl = { notification_url: 'https://shop.example/payabl/notify' }

describe('what is sent', () => {
  test('to a depositor: payment_cft of the transaction that the credited callback reported (req-cft-existing-trustly.http)', async () => {
    const { fields, sent } = await pay(toDepositor, 'status=0')
    expect(sent[0]?.url).toBe('https://sandbox.payabl.com/pay/backoffice/payment_cft')
    expect(fields).toEqual({ ...fieldsOf('req-cft-existing-trustly.http'), ...notificationUrl })
  })

  test('to an IBAN, alpha-2 and ddmmyyyy (req-cft-new-account-iban.http)', async () => {
    const { fields } = await pay(toIban, 'status=0', { reference: 'payout-0002' })
    expect(fields).toEqual({ ...fieldsOf('req-cft-new-account-iban.http'), ...notificationUrl })
  })

  test('to a Swedish account with its clearing number (req-cft-new-account-sweden.http)', async () => {
    const account = { country: 'SE', accountNumber: '6970 6212', bankNumber: '61-12' }
    const target: Target = { to: { account }, customer: payee }
    const amount = { value: '250.00', currency: 'SEK' }
    const { fields } = await pay(target, 'status=0', { reference: 'payout-0003', amount })
    expect(fields).toEqual({ ...fieldsOf('req-cft-new-account-sweden.http'), ...notificationUrl })
  })

  test('more than the deposit was is no matter (section 3.2)', async () => {
    expect((await pay(toDepositor, 'status=0', { amount: eur('9999.00') })).fields.amount).toBe('9999.00')
  })

  test('payabl`s own parameters travel, and never stand in for ours', async () => {
    const providerOptions = { 'payabl-trustly': { parameters: { external_id: 'x-1', transactionid: '1' } } }
    const { fields } = await pay({ ...toDepositor, providerOptions } as Target, 'status=0')
    expect(fields).toMatchObject({ external_id: 'x-1', transactionid: '104837274' })
  })

  test('names are respelt where ISO-8859-1 lacks a letter', async () => {
    const customer = { ...payee, firstName: 'Łukasz', lastName: 'Dvořák-Žižka' }
    const { sent } = await pay({ ...toIban, customer }, 'status=0')
    expect(sent[0]?.body).toContain('firstname=Lukasz&lastname=Dvor%E1k-Zizka&')
  })
})

describe('what it comes to', () => {
  test.each([
    ['0', 'res-cft-accepted.txt'],
    ['2000', 'status=2000&errormessage=pending&transactionid=104900002'],
  ])('status %s is accepted, never paid', async (_, answer) => {
    const { result } = await pay(toDepositor, answer.includes('=') ? answer : sample(answer))
    expect(result).toMatchObject({
      right: { result: { status: 'accepted', payment: 'rs1.p.payout.payout-0001.1' }, vendorIds: ['104900002'] },
    })
  })

  test.each(['104837274', '104900001'])('row 15: the deposit`s id is not taken for the payout`s: %s', async (id) => {
    const { result } = await pay(toDepositor, `status=0&transactionid=${id}`)
    expect(result).toMatchObject({ right: { vendorIds: [] } })
  })

  test('an aborted one is refused (res-cft-aborted.txt)', async () => {
    const { result } = await pay(toDepositor, sample('res-cft-aborted.txt'))
    expect(errorOf(result)).toMatchObject({ code: 'declined', effect: 'refused', vendor: { code: '-5008' } })
  })

  test.each<[string, Step]>([
    ['no answer', { lost: 'timeout' }],
    ['garbage', '<html/>'],
    ['HTTP 502', { status: 502, body: '' }],
    ['-999', 'status=-999'],
    ['-998', 'status=-998'],
    ['-5000', 'status=-5000'],
    ['a code that no list has', 'status=-123456'],
    ['an internal error of the balance service', 'status=-77777&errormessage=MID+balance+service+internal+error'],
  ])('%s leaves it unknown, and it is not sent again', async (_, step) => {
    for (const target of [toDepositor, toIban]) {
      const { result, sent } = await pay(target, step)
      expect(result).toMatchObject({
        right: { result: { status: 'unknown', resolveBy: 'lookup', notBefore: '2026-11-20T10:15:00.000Z' } },
      })
      expect(sent).toHaveLength(1)
    }
  })

  test('a balance that is short is refused (payabl lists the text without its code)', async () => {
    const { result } = await pay(toDepositor, 'status=-77777&errormessage=MID+is+near+to+negative+balance')
    expect(errorOf(result)).toMatchObject({ code: 'declined', effect: 'refused', retry: 'next_attempt' })
  })

  test('every listed code leaves it unknown or refuses it, and none throws', async () => {
    for (const status of Object.keys(codes).filter((code) => code !== '0' && code !== '2000')) {
      const { result } = await pay(toDepositor, `status=${status}`)
      if (isLeft(result)) expect(result.left.effect).toBe('refused')
      else expect(result.right.result.status).toBe('unknown')
    }
  })
})

describe('refused before anything is sent', () => {
  test('what payabl requires and the input lacks is named as required', async () => {
    const { dateOfBirth: _, ...customer } = payee
    const { result, sent } = await pay({ ...toIban, customer } as Target, 'status=0')
    expect(errorOf(result).issues).toEqual([
      { field: 'customer.dateOfBirth', rule: 'is required by payabl (birthday)', fix: 'add it to the input' },
    ])
    expect(sent).toEqual([])
  })

  const fieldsIn = async (target: Target, asked?: Asked) => {
    const { result, sent } = await pay(target, 'status=0', asked)
    expect(sent).toEqual([])
    return errorOf(result).issues.map(({ field }) => field)
  }

  test('a depositor whose transaction is not known, or not proven', async () => {
    for (const reports of [[], [unproven({ payment_state: 'credited' })]]) {
      const { result, sent } = await pay(toDepositor, 'status=0', { reports })
      expect(errorOf(result)).toMatchObject({ code: 'not_found', effect: 'not_sent' })
      expect(sent).toEqual([])
    }
  })

  test('another currency than the deposit`s', async () => {
    expect(await fieldsIn(toDepositor, { amount: { value: '1.00', currency: 'SEK' } })).toEqual(['amount.currency'])
  })

  test('a currency that payabl has not', async () => {
    expect(await fieldsIn(toIban, { amount: { value: '1.00', currency: 'USD' } })).toEqual(['amount.currency'])
  })

  test.each<[string, Partial<Payee>]>([
    ['customer.email', { email: undefined }],
    ['customer.dateOfBirth', { dateOfBirth: undefined }],
    ['customer.dateOfBirth', { dateOfBirth: '1970-02-30' }],
    ['customer.firstName', { firstName: 'x'.repeat(51) }],
  ])('a payee without a usable %s', async (field, more) => {
    expect(await fieldsIn({ ...toIban, customer: { ...payee, ...more } })).toEqual([field])
  })

  test('an answer that repeats the payee leaves no trace in the error', async () => {
    for (const status of ['-1318', '-5002', '-6113']) {
      const text =
        'Max Mustermann, test@test.com, 01011970, DE89370400440532013000, DE89 3704 0044 0532 0130 00, Lukasz'
      const target = { ...toIban, customer: { ...payee, firstName: 'Max Łukasz' } }
      const { result } = await pay(target, `status=${status}&errormessage=${encodeURIComponent(text)}`)
      const error = errorOf(result)
      expect(inspect(error) + JSON.stringify(error) + error.message).not.toMatch(
        /max|muster|test@|0101|3704|3000|ukasz/i,
      )
    }
  })

  test('and an error never shows the account', async () => {
    const account = { country: 'DE', accountNumber: 'DE88370400440532013000', bankNumber: '37040044' }
    const { result } = await pay({ to: { account }, customer: { ...payee, email: 'x' } }, 'status=0')
    expect(errorOf(result).issues.map(({ field }) => field)).toEqual([
      'to.account.accountNumber',
      'to.account.bankNumber',
      'customer.email',
    ])
    expect(inspect(result, { depth: 9 })).not.toMatch(/37040044|Muster/)
  })
})

test.each([
  ['SE', 'SEK', undefined],
  ['CZ', 'CZK', 'payabl cannot pay out to banks of CZ'],
  ['SE', 'USD', 'USD is not a currency of payabl'],
])('its requirements in %s for %s', (country, currency, refused) => {
  expect(payoutRequirements({ country, currency }).refused).toBe(refused)
})

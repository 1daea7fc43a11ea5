import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import {
  type DepositInput,
  deriveDeposit,
  isLeft,
  type PaymentError,
  type PayoutInput,
} from '@railswitch/core/provider'
import fc from 'fast-check'
import {
  callOf,
  credited,
  depositIntent,
  depositRef,
  derived,
  eur,
  recorded,
  recordOf,
  refundIntent,
} from './__fixtures__/records.ts'
import { type Step, sandboxAccount, scriptedPayabl } from './__fixtures__/scripted-payabl.ts'
import { unsupported } from './capabilities.ts'
import type { PayablTrustlyOptions } from './config.ts'
import { createPayablTrustly } from './provider.ts'

const samples = new URL('./__fixtures__/samples/', import.meta.url)
const provider = (steps: readonly Step[] = [], options: Partial<PayablTrustlyOptions> = {}) => {
  const { transport, sent } = scriptedPayabl(steps)
  const made = createPayablTrustly({ ...sandboxAccount, ...options }, { transport })
  if (isLeft(made)) throw new Error('the options are wrong')
  return { rail: made.right, sent }
}
const receive = (body: string | Uint8Array, { rail } = provider()) =>
  rail.verifyCallback({ body: Buffer.from(body), contentType: 'application/x-www-form-urlencoded', headers: {} })

test('mistakes of the options come before the first call', () => {
  expect(createPayablTrustly({ ...sandboxAccount, environment: 'live' })).toMatchObject({ left: [{ field: 'url' }] })
})

test('it says what its vendor is like', () => {
  const { rail } = provider()
  expect(rail).toMatchObject({
    id: 'payabl-trustly',
    transactions: 'many',
    replays: false,
    callbackUrlLimit: 255,
    finalReportMs: 17 * 86_400_000,
    questions: { deposit: ['deposit.reversed'] },
  })
  expect(rail.requirements?.('refund', { country: 'SE', currency: 'SEK' }).fields).toContain('payment')
  expect(rail.requirements?.('withdrawal', { country: 'SE', currency: 'SEK' }).refused).toContain('use a payout')
  expect(rail.requirements?.('payout', { country: 'CZ', currency: 'CZK' }).refused).toContain('CZ')
  expect(rail.requirements?.('deposit', { country: 'PT', currency: 'EUR' }).refused).toContain('PT')
})

test('a notification is received by its security, which proves identity and no more', async () => {
  const received = receive(readFileSync(new URL('notification-trustly-credited.txt', samples)))
  if (isLeft(received)) throw received.left
  const { report, merchantReference, signs, isQuestion, acknowledge } = received.right
  expect({ merchantReference, signs, isQuestion }).toEqual({
    merchantReference: 'trustly-0001',
    signs: 'identity',
    isQuestion: false,
  })
  expect(report).toMatchObject({ vendorId: '104900001', method: 'capture', members: { payment_state: 'credited' } })
  expect(await acknowledge('ok')).toMatchObject({ body: 'OK' })
})

test('the customer`s account goes to the handler, and only there (notification-trustly-accepted-additional.txt)', () => {
  const received = receive(readFileSync(new URL('notification-trustly-accepted-additional.txt', samples)))
  if (isLeft(received)) throw received.left
  expect(received.right.customer).toEqual({
    accountHolder: 'Muster Mann',
    accountNumber: '69706212',
    bankNumber: '6112',
    bic: 'SWEDSESS',
    bankName: 'Swedbank',
    bankCountry: 'SE',
  })
  expect(JSON.stringify(received.right.report)).not.toMatch(/69706212|6112|Muster|SWEDSESS|Swedbank/)
  const plain = receive(readFileSync(new URL('notification-trustly-credited.txt', samples)))
  expect(isLeft(plain) || 'customer' in plain.right).toBe(false)
})

test('what payabl cannot do has its reason, and a gambling merchant`s payouts to bank details too', () => {
  const { capabilities } = provider().rail
  expect(capabilities).toMatchObject({
    'payout.toDepositor': { yes: true },
    'payout.toAccount': { yes: true },
    withdrawal: { yes: false, why: expect.any(String) },
    account: { yes: false, why: expect.any(String) },
    mandate: { yes: false, why: expect.any(String) },
    charge: { yes: false, why: expect.any(String) },
    kyc: { yes: false, why: expect.any(String) },
  })
  expect(provider([], { business: 'gambling' }).rail.capabilities['payout.toAccount']).toMatchObject({
    yes: false,
    why: expect.stringContaining('gambling'),
  })
  for (const name of ['accountRegistration', 'balance', 'ledger', 'settlement'])
    expect(unsupported[name]).toMatch(/^payabl /)
})

test.each([
  ['another secret', (body: string) => body, ['another']],
  ['a changed errorcode', (body: string) => body.replace('errorcode=0', 'errorcode=1'), ['b185']],
  ['a changed transaction', (body: string) => body.replace('104900001', '104900002'), ['b185']],
  ['a field twice', (body: string) => `${body}&payment_state=credited`, ['b185']],
  ['JSON', () => '{"transactionid":"104900001"}', ['b185']],
  ['nothing', () => '', ['b185']],
])('a notification is refused for %s, and the error shows none of it', (_, change, secret) => {
  const body = change(readFileSync(new URL('notification-trustly-credited.txt', samples), 'latin1'))
  const received = receive(body, provider([], { secret }))
  expect(received).toMatchObject({ left: { code: 'callback_refused', effect: 'refused', retry: 'never' } })
  expect(inspect(received, { depth: 9 })).not.toMatch(/104900001|trustly-0001|b185|[0-9a-f]{64}/)
})

describe('boundary shifts: both schemes concatenate without delimiters', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const deposit = depositIntent()

  /** Every way to cut the covered text of a genuine notification anew, each with the rest that a thief would like. */
  const shifted = function* (genuine: string): Generator<string> {
    const security = sha256(`${genuine}b185`)
    for (let a = 0; a <= genuine.length; a++)
      for (let b = a; b <= genuine.length; b++)
        for (let c = b; c <= genuine.length; c++) {
          const [id, type, code, time] = [
            genuine.slice(0, a),
            genuine.slice(a, b),
            genuine.slice(b, c),
            genuine.slice(c),
          ]
          yield `transactionid=${id}&type=${type}&errorcode=${code}&timestamp=${time}&security=${security}&payment_state=credited&amount=10.00&currency=EUR&orderid=trustly-0001`
        }
  }

  test('no cut of a failed, pending, refunded or aborted notification is a credit', () => {
    for (const genuine of [
      '104900001capture-50031795166800',
      '104900001capture20001795166800',
      '104900001refund01795166800',
      '104900001cft-50081795166800',
    ]) {
      let cuts = 0
      for (const body of shifted(genuine)) {
        cuts += 1
        const received = receive(body)
        if (isLeft(received)) continue
        for (const proof of ['token', 'unproven'] as const) {
          const report = { ...received.right.report, rail: 'p', intent: depositRef, proof }
          const record = recordOf([deposit], [report])
          expect(deriveDeposit(record, derived(record).facts)?.credited.value).toBe('0.00')
        }
      }
      expect(cuts).toBeGreaterThan(3_000)
    }
  })

  test('a request`s SHA-1 scheme under a notification is no security', () => {
    const fields = {
      amount: '10.00',
      errorcode: '0',
      timestamp: '1795166800',
      transactionid: '104900001',
      type: 'capture',
    }
    const values = Object.values(fields).join('')
    for (const security of [
      createHash('sha1').update(`${values}b185`).digest('hex'),
      sha256(`${values}b185`),
      sha256('104900001capture01795166800'),
    ]) {
      const body = new URLSearchParams({ ...fields, payment_state: 'credited', security })
      expect(isLeft(receive(body.toString()))).toBe(true)
    }
  })

  test('an answer with moved boundaries starts no payment and moves no money', async () => {
    const { rail } = provider(['status=0&amount=1&transactionid=0&redirect_url=ttps://a.example'])
    const call = callOf(deposit, recordOf([deposit]))
    const result = await rail.operations.deposit?.(input(), call)()
    expect(result).toMatchObject({ left: { effect: 'may_have_happened' } })
  })
})

const input = (more: Partial<DepositInput['customer']> = {}): DepositInput => ({
  reference: 'trustly-0001',
  amount: { value: '10.00', currency: 'EUR' },
  customer: {
    id: 'c-1',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'test@test.com',
    country: 'SE',
    locale: 'sv',
    ...more,
  },
  returnUrl: 'https://shop.example/',
})

describe('whatever happens, nothing secret is shown', () => {
  const secret = 'marked-secret-of-ours'
  const account = 'DE89370400440532013000'
  const steps: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom<Step>({ lost: 'timeout' }, { unsent: 'ECONNREFUSED' }, '', '<html/>', { status: 500, body: '' }),
    fc.integer({ min: -7000, max: 3000 }).map((code) => `status=${code}&errormessage=text&account_number=${account}`),
  )
  const shown = (value: unknown) =>
    [inspect(value, { depth: 12, showHidden: true }), JSON.stringify(value), String(value)].join('\n')

  test('neither by an operation`s result nor by its error', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 })
    await fc.assert(
      fc.asyncProperty(steps, text, text, async (step, name, mail) => {
        const { rail, sent } = provider([step], { secret })
        const deposit = depositIntent()
        const call = callOf(deposit, recordOf([deposit]))
        const customer = { lastName: `marked ${name}`, email: `marked-${mail}@test.com` }
        const result = await rail.operations.deposit?.(input(customer), call)()
        const everything = shown(result) + shown(errorIn(result))
        const signature = /signature=([0-9a-f]{40})/.exec(sent[0]?.body ?? '')?.[1] ?? '(unsigned)'
        for (const hidden of [secret, signature, 'gateway_test', account, 'marked '])
          expect(everything).not.toContain(hidden)
      }),
      { numRuns: 200 },
    )
  })

  test('nor by a refund', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (step) => {
        const { rail, sent } = provider([step], { secret })
        const refund = refundIntent('r-1', '4.00')
        const call = callOf(refund, recordOf([depositIntent(), refund], [credited()]))
        const asked = { payment: depositRef, reference: 'r-1', amount: refund.intent.expect }
        const everything = shown(await rail.operations.refund?.(asked, call)())
        const signature = /signature=([0-9a-f]{40})/.exec(sent[0]?.body ?? '')?.[1] ?? '(unsigned)'
        for (const hidden of [secret, signature, account]) expect(everything).not.toContain(hidden)
      }),
      { numRuns: 100 },
    )
  })

  test('nor by a payout to bank details', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(account, 'DE88370400440532013000'), async (step, accountNumber) => {
        const { rail, sent } = provider([step], { secret })
        const payout = recorded({ kind: 'payout', reference: 'o-1', expect: eur('4.00') }, [])
        const asked: PayoutInput = {
          reference: 'o-1',
          amount: payout.intent.expect,
          to: { account: { country: 'DE', accountNumber } },
          customer: {
            id: 'c',
            firstName: 'marked',
            lastName: 'marked',
            email: 'a@b.example',
            dateOfBirth: '1971-02-03',
          },
        }
        const everything = shown(await rail.operations.payout?.(asked, callOf(payout, recordOf([payout])))())
        const signature = /signature=([0-9a-f]{40})/.exec(sent[0]?.body ?? '')?.[1] ?? '(unsigned)'
        for (const hidden of [secret, signature, '370400440532013000', 'marked', '1971', '03021971'])
          expect(everything).not.toContain(hidden)
      }),
      { numRuns: 100 },
    )
  })

  test('nor by a notification, refused or received', () => {
    const names = readdirSync(samples).filter((name) => name.startsWith('notification-'))
    const bodies = fc.constantFrom(...names.map((name) => readFileSync(new URL(name, samples), 'latin1')))
    fc.assert(
      fc.property(bodies, fc.nat(400), fc.constantFrom('', '0', '&', '=', '%', 'ÿ'), (body, at, put) => {
        const received = receive(body.slice(0, at) + put + body.slice(at + 1))
        expect(shown(isLeft(received) ? received : received.right.report)).not.toMatch(
          /b185|69706212|6112|Muster|SWEDSESS|[0-9a-f]{64}/,
        )
      }),
      { numRuns: 500 },
    )
  })

  test('nor by the provider itself', () => {
    const { rail } = provider([], { secret })
    expect(shown(rail)).not.toContain(secret)
  })
})

const errorIn = (result: unknown): PaymentError | undefined =>
  typeof result === 'object' && result !== null && 'left' in result ? (result.left as PaymentError) : undefined

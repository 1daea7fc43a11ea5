import { readFileSync } from 'node:fs'
import { isLeft } from '@railswitch/core/provider'
import { scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import type { PayablClient } from './client.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
const leftOf = (result: object) => ('left' in result ? result.left : undefined)
const payout = { amount: '25.00', currency: 'EUR', payment_method: '116' } as const
const person = {
  firstname: 'Max',
  lastname: 'Mustermann',
  email: 'test@test.com',
  birthday: '01011970',
} as const

/** What it is, the action, the sample of its request, the call, the sample of its answer. */
interface NativeCase {
  readonly what: string
  readonly action: string
  readonly request: string
  readonly call: (client: PayablClient) => Promise<unknown>
  readonly answer?: string
}

const cases: readonly NativeCase[] = [
  {
    what: 'a payout to an earlier payer',
    action: 'payment_cft',
    request: 'req-cft-existing-trustly.http',
    call: (client) => client.cft({ orderid: 'payout-0001', transactionid: '104837274', ...payout })(),
    answer: 'res-cft-accepted.txt',
  },
  {
    what: 'a payout to an IBAN',
    action: 'payment_cft',
    request: 'req-cft-new-account-iban.http',
    call: (client) =>
      client.cft({
        orderid: 'payout-0002',
        ...payout,
        ...person,
        country: 'DEU',
        bankcountry: 'DE',
        accountnumber: 'DE89370400440532013000',
      })(),
  },
  {
    what: 'a payout to a Swedish account',
    action: 'payment_cft',
    request: 'req-cft-new-account-sweden.http',
    call: (client) =>
      client.cft({
        orderid: 'payout-0003',
        ...payout,
        amount: '250.00',
        currency: 'SEK',
        ...person,
        country: 'SWE',
        bankcountry: 'SE',
        accountnumber: '69706212',
        banknumber: '6112',
      })(),
  },
  {
    what: 'a refund',
    action: 'payment_refund',
    request: 'req-refund.http',
    call: (client) =>
      client.refund({ transactionid: '104837274', amount: '4.50', currency: 'EUR', external_id: 'refund-0001' })(),
    answer: 'res-refund-new-docs-authentic.txt',
  },
  {
    what: 'a query by transaction',
    action: 'tx_diagnose',
    request: 'req-diagnose-tx.http',
    call: (client) => client.diagnose({ type: 'tx', transactionid: '104837274' })(),
    answer: 'res-diagnose-tx-authentic.xml',
  },
  {
    what: 'a query by order',
    action: 'tx_diagnose',
    request: 'req-diagnose-orderid.http',
    call: (client) =>
      client.diagnose({
        type: 'orderid',
        orderid: 'trustly-0001',
        start_date: '20.11.2026',
        end_date: '20.11.2026',
      })(),
    answer: 'res-diagnose-tx-trustly-pending.xml',
  },
]

test.each(cases)('$what is sent as $request has it, byte for byte', async ({ action, request, call, answer }) => {
  const { client, sent } = scriptedClient([answer ? sample(answer) : 'status=0'])
  expect(await call(client)).toMatchObject({ _tag: 'Right' })
  expect(sent.map(({ url }) => url)).toEqual([`https://sandbox.payabl.com/pay/backoffice/${action}`])
  expect(sent[0]?.body).toBe(sample(request).split('\r\n\r\n').at(-1))
})

test('send_notification is sent as payabl publishes it (docs.payabl.com/docs/resend-notification, secret b185)', async () => {
  const { client, sent } = scriptedClient([sample('res-resend-notification-authentic.xml')], {
    merchantId: 'gateway_test3d',
  })
  const resent = await client.sendNotification({ transactionid: '104837645' })()
  expect(resent).toMatchObject({ right: { notifications: [{ transaction_id: '104837645', sent: true }] } })
  expect(sent[0]?.body).toBe(sample('req-resend-notification-authentic.txt').trim())
})

test('payment_cft of a card is signed as payabl publishes it (docs.payabl.com/docs/credit-fund-transfer-credit-cards)', async () => {
  const published = new URLSearchParams(sample('req-cft-existing-card-authentic.txt').trim())
  const { client, sent } = scriptedClient(['status=0'], { merchantId: published.get('merchantid') ?? '' })
  const { merchantid, signature, ...parameters } = Object.fromEntries(published)
  await client.call('payment_cft', parameters)()
  expect(new URLSearchParams(sent[0]?.body).get('signature')).toBe(signature)
})

test.each([
  ['capture', { transactionid: '6905370', amount: '1.00' }, 'res-capture-authentic.txt', 'payment_capture'],
  ['reversal', { transactionid: '43328589' }, 'res-reversal-authentic.txt', 'payment_reversal'],
] as const)('%s is accepted by its authentic answer', async (name, parameters, file, action) => {
  const { client, sent } = scriptedClient([sample(file)])
  expect(await client[name](parameters)()).toMatchObject({ right: { status: '0' } })
  expect(sent[0]).toMatchObject({ url: `https://sandbox.payabl.com/pay/backoffice/${action}`, fields: parameters })
})

test('where payabl lives is configuration, path prefix and all (section 1: apm_gw)', async () => {
  const { client, sent } = scriptedClient(['status=0'], {
    environment: 'live',
    url: 'https://service.apmgw-prod.payabl.tech/apm_gw/',
  })
  await client.refund({ transactionid: '1', amount: '1.00', currency: 'EUR' })()
  expect(sent[0]?.url).toBe('https://service.apmgw-prod.payabl.tech/apm_gw/payment_refund')
})

describe('an answer that is no success is an error', () => {
  const refused = 'status=-5008&errormessage=CFT+aborted'
  const open = 'status=-999&errormessage=Unknown+error'

  test.each(['cft', 'refund', 'capture', 'reversal'] as const)('of %s', async (name) => {
    const answers = [refused, open, 'status=2000&errormessage=pending']
    const { client } = scriptedClient(answers)
    const parameters = { transactionid: '1', ...payout }
    const [first, second, third] = [
      await client[name](parameters)(),
      await client[name](parameters)(),
      await client[name](parameters)(),
    ]
    expect(leftOf(first)).toMatchObject({ effect: 'refused', vendor: { code: '-5008', text: 'CFT aborted' } })
    expect(leftOf(second)).toMatchObject({ effect: 'may_have_happened', retry: 'after_lookup' })
    expect(isLeft(third)).toBe(false)
  })
})

test('call gives any action`s answer as it came', async () => {
  const { client, sent } = scriptedClient([{ status: 418, body: 'anything\xff' }])
  const reply = await client.call('payment_authorize', { amount: '1.00', custom3: undefined })()
  expect(reply).toMatchObject({ right: { status: 418 } })
  expect('right' in reply && Buffer.from(reply.right.body).toString('latin1')).toBe('anything\xff')
  expect(sent[0]?.fields).toEqual({ amount: '1.00' })
})

test('every call can be aborted, and a query may take twice as long', async () => {
  const diagnosed = sample('res-diagnose-tx-authentic.xml')
  const { client, sent } = scriptedClient([{ lost: 'canceled' }, diagnosed, '<response/>'], { timeoutMs: 1_000 })
  const { signal } = new AbortController()
  const gone = await client.cft({ transactionid: '1', ...payout }, signal)()
  expect(leftOf(gone)).toMatchObject({ effect: 'may_have_happened' })
  await client.diagnose({ type: 'tx', transactionid: '1' }, signal)()
  await client.sendNotification({ transactionid: '1' })()
  expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 2_000, 2_000])
  expect(sent.map((request) => request.signal === signal)).toEqual([true, true, false])
})

import {
  deriveDeposit,
  emptyRecord,
  type Intent,
  isLeft,
  money,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { interpret } from '../interpret/interpret.ts'
import { type JsonObject, memberAt } from '../wire/json-text.ts'
import { lookUp } from './look-up.ts'

const intent: Intent = {
  kind: 'deposit',
  rail: 't',
  reference: 'order-1',
  attempt: 1,
  expect: money('5.00', 'EUR'),
  settings: { callbackUrl: 'https://shop.example/callbacks/t/x' },
}
const recorded = (begunAt: string, orderId = '3209647863'): RecordedIntent => ({
  intent,
  fingerprint: 'f',
  begunAt,
  resumed: false,
  conclusion: null,
  vendorIds: [orderId],
})
const recordOf = (...intents: readonly RecordedIntent[]): PaymentRecord => ({ ...emptyRecord, intents })
const signal = AbortSignal.timeout(10_000)

/** The published ledger, on its own day only. */
const published = answerOf('java-response-accountledger') as readonly JsonObject[]
const ledger = (request: JsonObject) =>
  memberAt(request, 'params', 'Data', 'FromDate') === '2014-01-30' ? published : []

const daysOf = (asked: readonly JsonObject[]) => asked.map((request) => memberAt(request, 'params', 'Data', 'FromDate'))

test('a deposit whose credit never arrived is found in the ledger, and is credited (java-response-accountledger)', async () => {
  const { client, asked } = play(ledger)
  const record = recordOf(recorded('2014-01-28T10:00:00.000Z'))
  const answer = await lookUp(client, () => new Date('2014-02-03T12:00:00Z'))(record, signal)()
  if (isLeft(answer)) throw answer.left
  expect(answer.right).toMatchObject({
    absenceProves: false,
    found: [
      { report: { id: 'ledger|3209647863', at: '2014-01-30T12:28:45.652Z', method: 'AccountLedger' }, learns: false },
    ],
  })
  expect(daysOf(asked)).toEqual(['2014-01-28', '2014-01-29', '2014-01-30'])
  const reports = answer.right.found.map(({ report, intent: ref }) => ({
    ...report,
    rail: 't',
    intent: ref,
    proof: 'lookup' as const,
  }))
  const shown = { ...record, reports }
  expect(deriveDeposit(shown, interpret(shown))).toMatchObject({
    state: 'credited',
    credited: { value: '5.00', currency: 'EUR' },
  })
})

test('neither another order nor a fee is taken for the deposit', async () => {
  const { client } = play(ledger)
  const lookup = lookUp(client, () => new Date('2014-01-30T20:00:00Z'))
  const other = await lookup(recordOf(recorded('2014-01-30T10:00:00.000Z', '999')), signal)()
  expect(!isLeft(other) && other.right.found).toEqual([])
  const fees = play(published.slice(1))
  const fee = lookUp(fees.client, () => new Date('2014-01-30T20:00:00Z'))
  const answer = await fee(recordOf(recorded('2014-01-30T10:00:00.000Z')), signal)()
  expect(!isLeft(answer) && answer.right.found).toEqual([])
})

test('the ledger is searched from the day of the order to tomorrow, and for two weeks at most', async () => {
  const short = play([])
  const record = recordOf(recorded('2026-11-20T23:30:00.000Z'))
  await lookUp(short.client, () => new Date('2026-11-21T08:00:00Z'))(record, signal)()
  expect(daysOf(short.asked)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  const long = play([])
  await lookUp(long.client, () => new Date('2027-06-01T08:00:00Z'))(record, signal)()
  expect(daysOf(long.asked)).toHaveLength(15)
})

test('one reading serves every deposit for a quarter of an hour; a failed one is not kept', async () => {
  let time = Date.parse('2014-01-30T20:00:00Z')
  let fails = true
  const { client, asked } = play((request) =>
    fails ? { code: '602', message: 'ERROR_FUNCTION_ACCESS_DENIED' } : ledger(request),
  )
  const lookup = lookUp(client, () => new Date(time))
  const record = recordOf(recorded('2014-01-30T10:00:00.000Z'))
  expect(await lookup(record, signal)()).toMatchObject({ left: { code: 'misconfigured' } })
  fails = false
  expect(await lookup(record, signal)()).toMatchObject({ right: { found: [{ report: { vendorId: '3209647863' } }] } })
  expect(await lookup(record, signal)()).toMatchObject({ right: { found: [{ report: { vendorId: '3209647863' } }] } })
  expect(asked).toHaveLength(2)
  time += 16 * 60_000
  await lookup(record, signal)()
  expect(asked).toHaveLength(3)
})

test('a deposit that is credited already, or has no order, asks nothing', async () => {
  const { client, asked } = play([])
  const lookup = lookUp(client, () => new Date('2014-01-30T20:00:00Z'))
  const credited: PaymentRecord = {
    ...emptyRecord,
    intents: [recorded('2014-01-30T10:00:00.000Z')],
    reports: [
      {
        id: '1',
        at: '2014-01-30T12:00:00.000Z',
        rail: 't',
        vendorId: '3209647863',
        method: 'credit',
        money: intent.expect,
        members: { timestamp: 'vendor' },
        proof: 'signature',
        intent: paymentRef(intent),
      },
    ],
  }
  expect(await lookup(credited, signal)()).toMatchObject({ right: { found: [] } })
  expect(await lookup(recordOf({ ...recorded('2014-01-30T10:00:00.000Z'), vendorIds: [] }), signal)()).toMatchObject({
    right: { found: [] },
  })
  expect(asked).toEqual([])
})

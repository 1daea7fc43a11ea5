import { fold, type Intent, isLeft, money, paymentRef, type RecordedIntent, type Thread } from '@railswitch/core'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { type JsonObject, memberAt } from '../wire/json-text.ts'
import { createLookup } from './lookup.ts'

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
const threadOf = (...intents: readonly RecordedIntent[]): Thread => ({ intents, observations: [] })
const signal = AbortSignal.timeout(10_000)

/** The published ledger, on its own day only. */
const published = answerOf('java-response-accountledger') as readonly JsonObject[]
const ledger = (request: JsonObject) =>
  memberAt(request, 'params', 'Data', 'FromDate') === '2014-01-30' ? published : []

const daysOf = (asked: readonly JsonObject[]) => asked.map((request) => memberAt(request, 'params', 'Data', 'FromDate'))

test('a deposit whose credit never arrived is found in the ledger, and is credited (java-response-accountledger)', async () => {
  const { client, asked } = play(ledger)
  const thread = threadOf(recorded('2014-01-28T10:00:00.000Z'))
  const answer = await createLookup(client, () => new Date('2014-02-03T12:00:00Z'))(thread, signal)()
  if (isLeft(answer)) throw answer.left
  expect(answer.right).toMatchObject({
    absenceProves: false,
    found: [{ id: 'ledger|3209647863', at: '2014-01-30T12:28:45.652Z', source: 'lookup', trust: 'signed' }],
  })
  expect(daysOf(asked)).toEqual(['2014-01-28', '2014-01-29', '2014-01-30'])
  const payment = fold({ ...thread, observations: answer.right.found })
  expect(payment).toMatchObject({ state: 'credited', credited: { value: '5.00', currency: 'EUR' } })
})

test('neither another order nor a fee is taken for the deposit', async () => {
  const { client } = play(ledger)
  const lookup = createLookup(client, () => new Date('2014-01-30T20:00:00Z'))
  const other = await lookup(threadOf(recorded('2014-01-30T10:00:00.000Z', '999')), signal)()
  expect(!isLeft(other) && other.right.found).toEqual([])
  const fees = play(published.slice(1))
  const fee = createLookup(fees.client, () => new Date('2014-01-30T20:00:00Z'))
  const answer = await fee(threadOf(recorded('2014-01-30T10:00:00.000Z')), signal)()
  expect(!isLeft(answer) && answer.right.found).toEqual([])
})

test('the ledger is searched from the day of the order to tomorrow, and for two weeks at most', async () => {
  const short = play([])
  const thread = threadOf(recorded('2026-11-20T23:30:00.000Z'))
  await createLookup(short.client, () => new Date('2026-11-21T08:00:00Z'))(thread, signal)()
  expect(daysOf(short.asked)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  const long = play([])
  await createLookup(long.client, () => new Date('2027-06-01T08:00:00Z'))(thread, signal)()
  expect(daysOf(long.asked)).toHaveLength(15)
})

test('one reading serves every deposit for a quarter of an hour; a failed one is not kept', async () => {
  let time = Date.parse('2014-01-30T20:00:00Z')
  let fails = true
  const { client, asked } = play((request) =>
    fails ? { code: '602', message: 'ERROR_FUNCTION_ACCESS_DENIED' } : ledger(request),
  )
  const lookup = createLookup(client, () => new Date(time))
  const thread = threadOf(recorded('2014-01-30T10:00:00.000Z'))
  expect(await lookup(thread, signal)()).toMatchObject({ left: { code: 'misconfigured' } })
  fails = false
  expect(await lookup(thread, signal)()).toMatchObject({ right: { found: [{ vendorId: '3209647863' }] } })
  expect(await lookup(thread, signal)()).toMatchObject({ right: { found: [{ vendorId: '3209647863' }] } })
  expect(asked).toHaveLength(2)
  time += 16 * 60_000
  await lookup(thread, signal)()
  expect(asked).toHaveLength(3)
})

test('a deposit that is credited already, or has no order, asks nothing', async () => {
  const { client, asked } = play([])
  const lookup = createLookup(client, () => new Date('2014-01-30T20:00:00Z'))
  const credited: Thread = {
    intents: [recorded('2014-01-30T10:00:00.000Z')],
    observations: [
      {
        id: '1',
        at: '2014-01-30T12:00:00.000Z',
        source: 'callback',
        vendorId: '3209647863',
        trust: 'signed',
        subject: paymentRef(intent),
        fact: { type: 'deposit.credited', amount: intent.expect },
        word: { method: 'credit' },
      },
    ],
  }
  expect(await lookup(credited, signal)()).toMatchObject({ right: { found: [] } })
  expect(await lookup(threadOf({ ...recorded('2014-01-30T10:00:00.000Z'), vendorIds: [] }), signal)()).toMatchObject({
    right: { found: [] },
  })
  expect(asked).toEqual([])
})

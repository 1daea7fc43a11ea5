import { readFileSync } from 'node:fs'
import {
  type Either,
  foldPayout,
  isLeft,
  type LookedUp,
  type PaymentError,
  paymentRef,
  type RecordedIntent,
  type Thread,
} from '@railswitch/core'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { credited, depositRecord, depositRef, record, refundRecord, said, threadOf } from '../__fixtures__/thread.ts'
import { lookUp } from './lookup.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
const answer = (inner: string) => `<response><process><status>0</status></process>${inner}</response>`
const steps = (id: string, ...codes: readonly (readonly [string, string])[]) =>
  `<transaction><transaction_id>${id}</transaction_id><transaction_status>${codes
    .map(([type, code], at) => `<step${at + 1}><type>${type}</type><error_code>${code}</error_code></step${at + 1}>`)
    .join('')}</transaction_status></transaction>`
const listed = (id: string, amount: string, order = 'trustly-0001') =>
  `<transaction><amount>${amount}</amount><currency>EUR</currency><order_id>${order}</order_id><transaction_id> ${id}</transaction_id></transaction>`
const resent = sample('res-resend-notification-authentic.xml')

const look = async (thread: Thread, script: readonly Step[]) => {
  const { client, sent } = scriptedClient(script)
  const now = () => new Date('2026-11-25T10:00:00.000Z')
  const result = await lookUp(client, now)(thread, new AbortController().signal)()
  return { result, found: foundOf(result), asked: sent.map(({ url, fields }) => [url.split('/').at(-1), fields]) }
}
const foundOf = (result: Either<PaymentError, LookedUp>) => (isLeft(result) ? [] : result.right.found)

describe('a deposit without a final word', () => {
  test('is asked for by its transaction, and while that lives payabl is asked to tell again (res-diagnose-tx-trustly-pending.xml)', async () => {
    const { result, asked } = await look(threadOf([depositRecord()]), [
      sample('res-diagnose-tx-trustly-pending.xml'),
      resent,
    ])
    expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
    expect(asked).toEqual([
      ['tx_diagnose', { type: 'tx', transactionid: '104900001' }],
      ['send_notification', { transactionid: '104900001' }],
    ])
  })

  test('is asked for by its order id and the day of its call, a day around it, when its answer was lost', async () => {
    const { asked } = await look(threadOf([depositRecord({}, [])]), [answer('')])
    const dates = { start_date: '19.11.2026', end_date: '21.11.2026' }
    expect(asked).toEqual([['tx_diagnose', { type: 'orderid', orderid: 'trustly-0001', ...dates }]])
  })

  test('is asked for by every transaction that has spoken of it', async () => {
    const thread = threadOf(
      [depositRecord()],
      [
        said(
          { type: 'deposit.not_credited_yet', amount: { value: '10.00', currency: 'EUR' } },
          { vendorId: '104900002' },
        ),
      ],
    )
    const { asked } = await look(thread, [answer(''), answer('')])
    expect(asked.map(([, fields]) => fields)).toMatchObject([
      { transactionid: '104900001' },
      { transactionid: '104900002' },
    ])
  })

  test('is not asked for by our own word that it is overdue, nor by what was told of others', async () => {
    const silent = said({ type: 'unexplained', reason: 'overdue' }, { source: 'elapsed', vendorId: depositRef })
    const strange = said({ type: 'unrecognised', method: 'capture 2000' }, { subject: null, vendorId: '5' })
    const { asked } = await look(threadOf([depositRecord()], [silent, strange]), [answer('')])
    expect(asked).toEqual([['tx_diagnose', { type: 'tx', transactionid: '104900001' }]])
  })

  test.each([
    ['-5003', 'abandoned'],
    ['-1315', 'expired'],
    ['-999', 'failed'],
  ])('ended without money when its newest step says %s, %s', async (code, reason) => {
    const { found, asked } = await look(threadOf([depositRecord()]), [
      answer(steps('104900001', ['preauthorization', '2000'], ['capture', code])),
    ])
    expect(found).toMatchObject([
      {
        subject: depositRef,
        vendorId: '104900001',
        source: 'lookup',
        trust: 'bound',
        fact: { type: 'deposit.not_credited', reason },
        word: { method: `capture ${code}` },
      },
    ])
    expect(asked).toHaveLength(1)
  })

  test('is not ended by the failure of a refund among its steps', async () => {
    const { found, asked } = await look(threadOf([depositRecord()]), [
      answer(steps('104900001', ['capture', '0'], ['refund', '-5007'])),
      resent,
    ])
    expect(found).toEqual([])
    expect(asked).toHaveLength(2)
  })

  test('is never credited by a look-up, which cannot tell (section 3.6)', async () => {
    const { found } = await look(threadOf([depositRecord()]), [answer(steps('104900001', ['capture', '0'])), resent])
    expect(found).toEqual([])
  })

  test('keeps its riddle when payabl refuses the query, whose own status says nothing of the payment', async () => {
    const refused =
      '<response><process><status>-999</status><error_message>Unknown error</error_message></process></response>'
    const { result } = await look(threadOf([depositRecord()]), [refused])
    expect(result).toMatchObject({ left: { code: 'misconfigured', vendor: { code: '-999' } } })
  })

  test.each<[string, Step]>([
    ['no answer', { lost: 'timeout' }],
    ['garbage', 'status=0'],
    ['HTTP 500', { status: 500, body: answer('') }],
  ])('keeps its riddle after %s', async (_, step) => {
    const { result } = await look(threadOf([depositRecord()]), [step])
    expect(result).toMatchObject({ left: { code: 'answer_lost', again: 'same_attempt' } })
  })
})

test('a deposit that has ended is not asked about', async () => {
  expect((await look(threadOf([depositRecord()], [credited()]), [])).asked).toEqual([])
})

describe('a refund that is unknown', () => {
  const unknown = refundRecord('r-1', '4.50')
  const with_ = (...more: ReturnType<typeof refundRecord>[]) =>
    threadOf([depositRecord(), unknown, ...more], [credited()])

  test('is confirmed when the listing shows it', async () => {
    const { found, asked } = await look(with_(), [answer(listed('7', '4.50'))])
    expect(asked).toEqual([['tx_diagnose', { type: 'refund', start_date: '19.11.2026', end_date: '21.11.2026' }]])
    expect(found).toMatchObject([
      { fact: { type: 'refund.confirmed', refund: 'rs1.p.refund.r-1.1' }, source: 'lookup', vendorId: '7' },
    ])
  })

  test.each([
    ['nothing', ''],
    ['another amount', listed('7', '4.51')],
    ['another order`s refund', listed('7', '4.50', 'trustly-0002')],
    ['an unreadable amount', listed('7', '4,50')],
  ])('stays unknown when the listing shows %s, which proves nothing', async (_, inner) => {
    const { result } = await look(with_(), [answer(inner)])
    expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
  })

  test('is looked for around the days of the refunds, whenever the deposit was', async () => {
    const old = { ...depositRecord(), begunAt: '2026-01-05T00:00:00.000Z' }
    const later = { ...refundRecord('r-2', '4.50'), begunAt: '2026-11-22T09:00:00.000Z' }
    const { asked } = await look(threadOf([old, unknown, later], [credited()]), [answer('')])
    expect(asked).toEqual([['tx_diagnose', { type: 'refund', start_date: '19.11.2026', end_date: '23.11.2026' }]])
  })

  test('is not settled by an equal sibling, and both are when both are shown', async () => {
    const sibling = refundRecord('r-2', '4.50')
    expect((await look(with_(sibling), [answer(listed('7', '4.50'))])).found).toEqual([])
    const { found } = await look(with_(sibling), [answer(listed('7', '4.50') + listed('8', '4.50'))])
    expect(found).toHaveLength(2)
  })

  test('is not settled by an equal refund of another attempt that was paid too', async () => {
    const second = depositRecord({ attempt: 2 }, ['104900002'])
    const thread = threadOf(
      [
        depositRecord(),
        second,
        refundRecord('r-0', '4.50'),
        { ...unknown, intent: { ...unknown.intent, of: paymentRef(second.intent) } },
      ],
      [credited(), { ...credited('104900002'), subject: paymentRef(second.intent) }],
    )
    expect((await look(thread, [answer(listed('7', '4.50', 'trustly-0001'))])).found).toMatchObject([
      { subject: depositRef, fact: { refund: 'rs1.p.refund.r-0.1' } },
    ])
    expect((await look(thread, [answer(listed('104900001', '4.50', ''))])).found).toMatchObject([
      { subject: depositRef, fact: { refund: 'rs1.p.refund.r-0.1' } },
    ])
  })
})

describe('a payout', () => {
  const payout = (more: Partial<RecordedIntent> = {}, begunAt = '2026-11-25T08:00:00.000Z'): RecordedIntent => ({
    ...record({ kind: 'payout', reference: 'payout-0001', expect: { value: '25.00', currency: 'EUR' } }, []),
    begunAt,
    ...more,
  })
  const step = (code: string, more: { order?: string; amount?: string; type?: string } = {}) => {
    const { order = 'payout-0001', amount = '25.00', type = 'cft' } = more
    return `<type>${type}</type><error_code>${code}</error_code><amount>${amount}</amount><currency>EUR</currency><order_id>${order}</order_id>`
  }
  const shown = (...inner: readonly string[]) =>
    answer(
      `<transaction><transaction_id>104900002</transaction_id><transaction_status>${inner
        .map((one, at) => `<step${at + 1}>${one}</step${at + 1}>`)
        .join('')}</transaction_status></transaction>`,
    )
  const accepted = payout({ vendorIds: ['104900002'] }, '2026-11-01T08:00:00.000Z')

  test('whose answer was lost is asked for by its order id, around the day of its call', async () => {
    const { asked, result } = await look(threadOf([payout()]), [answer('')])
    const dates = { start_date: '24.11.2026', end_date: '26.11.2026' }
    expect(asked).toEqual([['tx_diagnose', { type: 'orderid', orderid: 'payout-0001', ...dates }]])
    expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
  })

  test.each(['0', '2000'])('that payabl shows with %s is on its way, which is not paid', async (code) => {
    const { found } = await look(threadOf([payout()]), [shown(step(code))])
    expect(found).toMatchObject([
      { subject: 'rs1.p.payout.payout-0001.1', source: 'lookup', trust: 'bound', fact: { type: 'payout.accepted' } },
    ])
    expect(foldPayout(threadOf([payout()], found))?.state).toBe('accepted')
  })

  test('that payabl shows as failed has failed', async () => {
    const { found } = await look(threadOf([payout()]), [shown(step('0'), step('-5008'))])
    expect(found).toMatchObject([{ fact: { type: 'payout.failed', amount: { value: '25.00', currency: 'EUR' } } }])
  })

  test('that payabl shows without an error when the time to fail is over is paid, by look-up', async () => {
    const { found, asked } = await look(threadOf([accepted]), [shown(step('0'))])
    expect(asked).toEqual([['tx_diagnose', { type: 'tx', transactionid: '104900002' }]])
    expect(found).toMatchObject([{ source: 'lookup', fact: { type: 'payout.confirmed' } }])
  })

  test('that is pending after all that time is not', async () => {
    const { found } = await look(threadOf([accepted]), [shown(step('2000'))])
    expect(found).toMatchObject([{ fact: { type: 'payout.accepted' } }])
  })

  test.each([
    ['another order', step('-5008', { order: 'payout-0002' })],
    ['another amount', step('-5008', { amount: '26.00' })],
    ['the deposit that it rests on', step('-5008', { type: 'capture' })],
  ])('is not taken for %s among the steps', async (_, other) => {
    const { found } = await look(threadOf([payout()]), [shown(other)])
    expect(found).toEqual([])
  })

  test('is not told from an equal one where payabl names neither order', async () => {
    const nameless = step('-5008', { order: '' })
    expect((await look(threadOf([payout()]), [shown(nameless)])).found).toHaveLength(1)
    expect((await look(threadOf([payout()]), [shown(nameless, nameless)])).found).toEqual([])
  })

  test('that has ended is not asked about', async () => {
    const over = said(
      { type: 'payout.failed', amount: { value: '25.00', currency: 'EUR' } },
      { subject: paymentRef(payout().intent) },
    )
    expect((await look(threadOf([payout()], [over]), [])).asked).toEqual([])
  })
})

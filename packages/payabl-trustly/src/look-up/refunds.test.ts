import { deriveDeposit, type PaymentRecord, paymentRef, type RecordedIntent } from '@railswitch/core/provider'
import { answer, listed, look, withFound } from '../__fixtures__/look-up.ts'
import { credited, depositIntent, depositRef, derived, recordOf, refundIntent } from '../__fixtures__/records.ts'

const unknown = refundIntent('r-1', '4.50')
const with_ = (...more: readonly RecordedIntent[]) => recordOf([depositIntent(), unknown, ...more], [credited()])
const statesOf = (record: PaymentRecord) =>
  deriveDeposit(record, derived(record).facts)?.refunds.map(({ reference, state }) => `${reference} ${state}`)

describe('a refund that is unknown', () => {
  test('is confirmed when the list shows it', async () => {
    const { found, asked } = await look(with_(), [answer(listed('7', '4.50'))])
    expect(asked).toEqual([['tx_diagnose', { type: 'refund', start_date: '19.11.2026', end_date: '21.11.2026' }]])
    expect(found).toMatchObject([
      {
        intent: depositRef,
        learns: false,
        report: { vendorId: '7', method: 'listed refund', members: { count: '1' } },
      },
    ])
    expect(statesOf(withFound(with_(), found))).toEqual(['r-1 confirmed'])
  })

  test.each([
    ['nothing', ''],
    ['another amount', listed('7', '4.51')],
    ['another order`s refund', listed('7', '4.50', 'trustly-0002')],
    ['an unreadable amount', listed('7', '4,50')],
  ])('stays unknown when the list shows %s, which proves nothing', async (_, inner) => {
    const { result } = await look(with_(), [answer(inner)])
    expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
  })

  test('is looked for around the days of the refunds, whenever the deposit was', async () => {
    const old = { ...depositIntent(), begunAt: '2026-01-05T00:00:00.000Z' }
    const later = { ...refundIntent('r-2', '4.50'), begunAt: '2026-11-22T09:00:00.000Z' }
    const { asked } = await look(recordOf([old, unknown, later], [credited()]), [answer()])
    expect(asked).toEqual([['tx_diagnose', { type: 'refund', start_date: '19.11.2026', end_date: '23.11.2026' }]])
  })

  test('is not resolved by an equal one, and both are when both are shown', async () => {
    const record = with_(refundIntent('r-2', '4.50'))
    const one = await look(record, [answer(listed('7', '4.50'))])
    expect(statesOf(withFound(record, one.found))).toEqual(['r-1 unknown', 'r-2 unknown'])
    for (const ids of [
      ['7', '8'],
      ['104900001', '104900001'],
    ]) {
      const { found } = await look(record, [answer(...ids.map((id) => listed(id, '4.50')))])
      expect(statesOf(withFound(record, found))).toEqual(['r-1 confirmed', 'r-2 confirmed'])
    }
  })

  test('that the list shows again is the same report, and a larger count another one', async () => {
    const record = with_(refundIntent('r-2', '4.50'))
    const idsOf = async (count: number) =>
      (await look(record, [answer(...Array(count).fill(listed('104900001', '4.50')))])).found.map(
        ({ report }) => report.id,
      )
    expect(await idsOf(1)).toEqual(await idsOf(1))
    expect(await idsOf(1)).not.toEqual(await idsOf(2))
  })

  test('is not resolved by an equal refund of another attempt that was paid too', async () => {
    const second = depositIntent({ attempt: 2 }, ['104900002'])
    const ofSecond = { ...unknown, intent: { ...unknown.intent, of: paymentRef(second.intent) } }
    const record = recordOf(
      [depositIntent(), second, refundIntent('r-0', '4.50'), ofSecond],
      [credited(), { ...credited('104900002'), intent: paymentRef(second.intent) }],
    )
    for (const shown of [listed('7', '4.50', 'trustly-0001'), listed('104900001', '4.50', '')]) {
      const { found } = await look(record, [answer(shown)])
      expect(statesOf(withFound(record, found))).toEqual(['r-0 confirmed', 'r-1 unknown'])
    }
  })
})

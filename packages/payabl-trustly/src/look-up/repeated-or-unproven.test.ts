import { deriveDeposit, type PaymentRecord } from '@railswitch/core/provider'
import { answer, listed, look, steps, withFound } from '../__fixtures__/look-up.ts'
import {
  callback,
  credited,
  depositIntent,
  derived,
  eur,
  recordOf,
  refundIntent,
  secondsAfter,
} from '../__fixtures__/records.ts'

const day = 24 * 60
const chargeback = (days: number) => callback({ type: 'chb', amount: '3.00', timestamp: secondsAfter(days * day) })
const twice = recordOf([depositIntent()], [credited(), chargeback(1), chargeback(3)])
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const reversedOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)?.reversed

const paid = (id: string, amount: string) => answer(steps(id, { code: '0', order: 'trustly-0001', amount }))

describe('row 10: a chargeback that was reported again', () => {
  test('is looked for in payabl`s list, from a month before the first report until now', async () => {
    const { asked, found } = await look(twice, [answer(), answer()])
    expect(asked.map(([, fields]) => fields)).toEqual([
      { type: 'chb', start_date: '20.10.2026', end_date: '31.10.2026' },
      { type: 'chb', start_date: '01.11.2026', end_date: '26.11.2026' },
    ])
    expect(found).toEqual([])
  })

  test.each([
    [1, '3.00'],
    [2, '6.00'],
  ])('is resolved if the list shows %d', async (count, reversed) => {
    const lists = [answer(), answer(...Array(count).fill(listed('104900001', '3.00')))]
    const { found } = await look(twice, lists)
    const record = withFound(twice, found)
    expect([reasonsOf(record), reversedOf(record)]).toEqual([[], eur(reversed)])
    expect((await look(record, [])).asked).toEqual([])
  })

  test('is not resolved by fewer on the same day, when the list may not show it so far', async () => {
    const lists = [answer(), answer(listed('104900001', '3.00'))]
    const { found } = await look(twice, lists, '2026-11-24T09:24:59.000Z')
    expect(found).toEqual([])
    expect((await look(twice, lists, '2026-11-24T09:25:00.000Z')).found).toHaveLength(1)
  })

  test.each([
    ['another amount', listed('104900001', '2.00')],
    ['another order', listed('9', '3.00', 'trustly-0002')],
  ])('is not resolved by %s', async (_, shown) => {
    expect((await look(twice, [answer(), answer(shown)])).found).toEqual([])
  })

  test('is resolved by the ones that have ids of their own under our order', async () => {
    const lists = [answer(), answer(listed('8', '3.00'), listed('9', '3.00'))]
    const { found, asked } = await look(twice, [...lists, paid('8', '10.00'), paid('9', '10.00')])
    expect(asked.slice(2).map(([, fields]) => fields)).toEqual(
      ['8', '9'].map((id) => ({ type: 'tx', transactionid: id })),
    )
    const record = withFound(twice, found)
    expect([reasonsOf(record), reversedOf(record)]).toEqual([[], eur('6.00')])
  })

  test('is resolved without the ones that payabl shows as those of another order with our id', async () => {
    const lists = [answer(), answer(listed('104900001', '3.00'), listed('9', '3.00'))]
    const { found } = await look(twice, [...lists, paid('9', '9.00')])
    const record = withFound(twice, found)
    expect([reasonsOf(record), reversedOf(record)]).toEqual([[], eur('3.00')])
  })

  test('waits if payabl does not respond to the query about one that has an id of its own', async () => {
    const lists = [answer(), answer(listed('8', '3.00'), listed('9', '3.00'))]
    const { found, result } = await look(twice, [...lists, paid('8', '10.00'), { lost: 'timeout' }])
    expect([found, result]).toMatchObject([[], { right: { failed: { code: 'no_valid_response' } } }])
  })

  test('and is looked for again when it is reported once more', async () => {
    const { found } = await look(twice, [answer(), answer(listed('104900001', '3.00'))])
    const resolved = withFound(twice, found)
    const thrice = { ...resolved, reports: [...resolved.reports, chargeback(4)] }
    expect(reasonsOf(thrice)).toEqual(['possible_duplicate'])
    const again = await look(thrice, [answer(), answer(listed('104900001', '3.00'))], '2026-11-26T10:00:00.000Z')
    expect(reasonsOf(withFound(thrice, again.found))).toEqual([])
  })

  test('waits where payabl does not answer', async () => {
    expect((await look(twice, [{ lost: 'timeout' }])).result).toMatchObject({
      right: { failed: { code: 'no_valid_response' } },
    })
  })
})

test('row 10: of two equal refunds under the deposit`s id the list says that both were sent', async () => {
  const accepted = (reference: string) => ({
    ...refundIntent(reference, '3.00'),
    conclusion: {
      state: 'accepted' as const,
      result: { status: 'accepted' as const, payment: refundIntent(reference, '3.00').intent.of as never },
    },
  })
  const refund = (minutes: number) => callback({ type: 'refund', amount: '3.00', timestamp: secondsAfter(minutes) })
  const record = recordOf([depositIntent(), accepted('r-1'), accepted('r-2')], [credited(), refund(60), refund(90)])
  expect(reasonsOf(record)).toEqual(['possible_duplicate'])
  const shown = [listed('104900001', '3.00'), listed('104900001', '3.00')]
  const { found, asked } = await look(record, [answer(), answer(...shown)])
  expect(asked[0]).toMatchObject(['tx_diagnose', { type: 'refund' }])
  const resolved = withFound(record, found)
  expect(reasonsOf(resolved)).toEqual([])
  expect(deriveDeposit(resolved, derived(resolved).facts)?.refunds).toMatchObject([
    { state: 'confirmed' },
    { state: 'confirmed' },
  ])
})

import { derivePayout, ownMethods, type PaymentRecord } from '@railswitch/core/provider'
import { answer, look, type ShownStep, steps, withFound } from '../__fixtures__/look-up.ts'
import { callback, derived, eur, payoutIntent, payoutRef, recordOf, report } from '../__fixtures__/records.ts'

const begunAt = '2026-11-25T08:00:00.000Z'
const unknown = recordOf([payoutIntent([], { begunAt })])
const accepted = recordOf([payoutIntent(['104900002'], { begunAt: '2026-11-01T08:00:00.000Z' })])
const step = (code: string, more: Partial<ShownStep> = {}): ShownStep => ({
  type: 'cft',
  code,
  order: 'payout-0001',
  amount: '25.00',
  ...more,
})
const shown = (...some: readonly ShownStep[]) => answer(steps('104900002', ...some))
const stateOf = (record: PaymentRecord) => derivePayout(record, derived(record).facts)?.state
const byOrder = { type: 'orderid', orderid: 'payout-0001', start_date: '24.11.2026', end_date: '26.11.2026' }

test('a payout whose answer was lost is asked for by its order id, around the day of its call', async () => {
  const { asked, result } = await look(unknown, [answer()])
  expect(asked).toEqual([['tx_diagnose', byOrder]])
  expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
})

test.each(['0', '2000'])('one that payabl shows with %s is on its way, which is not paid', async (code) => {
  const { found } = await look(unknown, [shown(step(code))])
  expect(found).toMatchObject([
    { intent: payoutRef, learns: true, report: { method: 'diagnose cft', members: { errorcode: code } } },
  ])
  expect(stateOf(withFound(unknown, found))).toBe('accepted')
})

test('one that payabl shows as failed has failed', async () => {
  const { found } = await look(unknown, [shown(step('0'), step('-5008'))])
  expect(stateOf(withFound(unknown, found))).toBe('failed')
})

test('one that payabl shows without an error when the time to fail is over is paid, by look-up', async () => {
  const { found, asked } = await look(accepted, [shown(step('0'))])
  expect(asked).toEqual([['tx_diagnose', { type: 'tx', transactionid: '104900002' }]])
  const record = withFound(accepted, found)
  expect(derivePayout(record, derived(record).facts)?.attempts).toMatchObject([{ confirmedBy: 'lookup' }])
})

test('that it was shown before does not hide that it is shown after the time to fail', async () => {
  const early = await look(accepted, [shown(step('0'))], '2026-11-02T08:00:00.000Z')
  const before = withFound(accepted, early.found)
  expect(stateOf(before)).toBe('accepted')
  const late = await look(before, [shown(step('0'))])
  expect(stateOf(withFound(before, late.found))).toBe('confirmed')
})

test('one that is pending after all that time is not paid', async () => {
  const { found } = await look(accepted, [shown(step('2000'))])
  expect(stateOf(withFound(accepted, found))).toBe('accepted')
})

test.each([
  ['another order', step('-5008', { order: 'payout-0002' })],
  ['another amount', step('-5008', { amount: '26.00' })],
  ['the deposit that it rests on', step('-5008', { type: 'capture' })],
])('one is not taken for %s among the steps', async (_, other) => {
  expect((await look(unknown, [shown(other)])).found).toEqual([])
})

test('one is not distinguished from an equal one where payabl names neither order', async () => {
  const nameless = step('-5008', { order: '' })
  expect((await look(unknown, [shown(nameless)])).found).toMatchObject([{ learns: false }])
  expect((await look(unknown, [shown(nameless, nameless)])).found).toEqual([])
})

describe('row 15: a payout that payabl reports under the deposit`s transaction', () => {
  const onItsWay = callback(
    { type: 'cft', transactionid: '104900001', errorcode: '0', amount: '25.00' },
    { intent: payoutRef },
  )

  test('is asked for by its own order id, never by that transaction', async () => {
    const { asked } = await look(recordOf(unknown.intents, [onItsWay]), [answer()])
    expect(asked).toEqual([['tx_diagnose', byOrder]])
  })

  test('is not given that transaction as its own by a diagnosis of both', async () => {
    const both = answer(steps('104900001', step('0', { type: 'capture', order: 'trustly-0001' }), step('-5008')))
    const { found } = await look(unknown, [both])
    expect(found).toMatchObject([{ learns: false, report: { vendorId: '104900001' } }])
    expect(stateOf(withFound(unknown, found))).toBe('failed')
  })
})

test.each([ownMethods.foreign, ownMethods.outcomeUnknown, ownMethods.overdue, ownMethods.resolved])(
  'row 19: a payout is never asked for by the id of what was said here: %s',
  async (method) => {
    const said = report({ method, vendorId: '5', intent: payoutRef })
    expect((await look(recordOf(unknown.intents, [said]), [answer()])).asked).toEqual([['tx_diagnose', byOrder]])
  },
)

test('one that has ended is not asked about, whoever said so', async () => {
  const failed = callback({ type: 'cft', errorcode: '-5008', amount: '25.00' }, { intent: payoutRef })
  const person = report({ method: ownMethods.personFailed, proof: 'person', money: eur('25.00'), intent: payoutRef })
  for (const over of [failed, person]) expect((await look(recordOf(unknown.intents, [over]), [])).asked).toEqual([])
})

describe('an imported payout', () => {
  const imported = (...shownSteps: readonly ShownStep[]) => {
    const { intent, ...rest } = payoutIntent(['104900002'], { begunAt })
    return look(recordOf([{ ...rest, intent: { ...intent, imported: true } }]), [shown(...shownSteps)])
  }

  test('is found by its transaction, whatever its order id was', async () => {
    const { found } = await imported(step('0', { order: 'elsewhere-1' }))
    expect(found).toMatchObject([{ intent: payoutRef, learns: false, report: { members: { errorcode: '0' } } }])
  })

  test.each([
    ['other money', [step('0', { order: 'elsewhere-1', amount: '26.00' })]],
    ['several payouts', [step('0', { order: 'elsewhere-1' }), step('0', { order: 'elsewhere-2' })]],
  ])('is not found in a transaction of %s', async (_, some) => {
    expect((await imported(...some)).found).toEqual([])
  })
})

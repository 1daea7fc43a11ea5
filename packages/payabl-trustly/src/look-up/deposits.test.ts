import { deriveDeposit, ownMethods, type PaymentRecord, paymentRef } from '@railswitch/core/provider'
import { answer, look, resent, sample, steps, withFound } from '../__fixtures__/look-up.ts'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  derived,
  eur,
  recordOf,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import type { Step } from '../__fixtures__/scripted-payabl.ts'

const pending = recordOf([depositIntent()])
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)

describe('a deposit without a final word', () => {
  test('is asked for by its transaction, and while that lives payabl is asked to notify again (res-diagnose-tx-trustly-pending.xml)', async () => {
    const { result, asked } = await look(pending, [sample('res-diagnose-tx-trustly-pending.xml'), resent])
    expect(result).toMatchObject({ right: { found: [], absenceProves: false } })
    expect(asked).toEqual([
      ['tx_diagnose', { type: 'tx', transactionid: '104900001' }],
      ['send_notification', { transactionid: '104900001' }],
    ])
  })

  test('is asked for by every transaction that has been reported of it', async () => {
    const record = recordOf([depositIntent()], [callback({ transactionid: '7', payment_state: 'not_credited_yet' })])
    const { asked } = await look(record, [answer(), answer()])
    expect(asked.map(([, fields]) => fields)).toMatchObject([{ transactionid: '104900001' }, { transactionid: '7' }])
  })

  test.each(Object.values(ownMethods))(
    'row 19: is never asked for by the id of what was said here: %s',
    async (method) => {
      const said = [depositRef, '5'].map((vendorId) => report({ method, vendorId, proof: 'person' }))
      const { asked } = await look(recordOf([depositIntent()], said), [answer()])
      expect(asked).toEqual([['tx_diagnose', { type: 'tx', transactionid: '104900001' }]])
    },
  )

  test.each([
    ['-5003', 'abandoned'],
    ['-1315', 'expired'],
    ['-999', 'failed'],
  ])('ended without money when its newest step says %s, %s', async (code, reason) => {
    const { found, asked } = await look(pending, [
      answer(steps('104900001', { type: 'preauthorization', code: '2000' }, { code })),
    ])
    expect(found).toMatchObject([
      {
        intent: depositRef,
        learns: false,
        report: { vendorId: '104900001', method: 'diagnose capture', members: { errorcode: code } },
      },
    ])
    expect(asked).toHaveLength(1)
    const events = derived(withFound(pending, found)).pending.map(({ event }) => event)
    expect(events).toMatchObject([{ type: 'deposit.not_credited', reason }])
  })

  test('is not ended by the failure of a refund among its steps', async () => {
    const { found, asked } = await look(pending, [
      answer(steps('104900001', { code: '0' }, { type: 'refund', code: '-5007' })),
      resent,
    ])
    expect(found).toMatchObject([{ report: { method: 'diagnose capture', members: { errorcode: '0' } } }])
    expect(asked).toHaveLength(2)
  })

  test('is never credited by a look-up, which cannot tell (section 3.6)', async () => {
    const { found } = await look(pending, [answer(steps('104900001', { code: '0', amount: '10.00' })), resent])
    const record = withFound(pending, found)
    expect(deriveDeposit(record, derived(record).facts)).toMatchObject({ state: 'pending', credited: eur('0.00') })
  })

  test('stays as it is when payabl refuses the query, whose own status says nothing of the payment', async () => {
    const refused =
      '<response><process><status>-999</status><error_message>Unknown error</error_message></process></response>'
    const { result } = await look(pending, [refused])
    expect(result).toMatchObject({ right: { failed: { code: 'misconfigured', vendor: { code: '-999' } } } })
  })

  test.each<[string, Step]>([
    ['no answer', { lost: 'timeout' }],
    ['garbage', 'status=0'],
    ['HTTP 500', { status: 500, body: answer() }],
  ])('stays as it is after %s', async (_, step) => {
    const { result } = await look(pending, [step])
    expect(result).toMatchObject({ right: { found: [], failed: { code: 'no_valid_response', retry: 'same_attempt' } } })
  })
})

test('a deposit that has ended is not asked about', async () => {
  expect((await look(recordOf([depositIntent()], [credited()]), [])).asked).toEqual([])
})

describe('a deposit whose answer was lost', () => {
  const lost = recordOf([depositIntent({}, [])])
  const ours = { code: '2000', order: 'trustly-0001', amount: '10.00', type: 'preauthorization' }

  test('is asked for by its order id and the day of its call, a day around it', async () => {
    const { asked } = await look(lost, [answer()])
    const dates = { start_date: '19.11.2026', end_date: '21.11.2026' }
    expect(asked).toEqual([['tx_diagnose', { type: 'orderid', orderid: 'trustly-0001', ...dates }]])
  })

  test('row A: learns the transaction that payabl shows under our order id with our money', async () => {
    const { found, asked } = await look(lost, [answer(steps('7', ours)), resent])
    expect(found).toMatchObject([{ learns: true, intent: depositRef, report: { vendorId: '7' } }])
    expect(asked.at(-1)).toEqual(['send_notification', { transactionid: '7' }])
    expect(derived(withFound(lost, found)).facts).toEqual([])
  })

  test.each([
    ['another amount', { ...ours, amount: '9.00' }],
    ['another order id', { ...ours, order: 'trustly-0002' }],
    ['no order id', { ...ours, order: '' }],
  ])('row A: learns nothing from one with %s', async (_, shown) => {
    expect((await look(lost, [answer(steps('7', shown))])).found).toEqual([])
  })
})

test('of several transactions one that payabl does not answer takes nothing from the others', async () => {
  const two = recordOf([depositIntent({}, ['104900001', '104900002'])])
  const { found, result } = await look(two, [{ lost: 'timeout' }, answer(steps('104900002', { code: '-5003' }))])
  expect(found).toMatchObject([{ report: { vendorId: '104900002', members: { errorcode: '-5003' } } }])
  expect(result).toMatchObject({ right: { failed: { code: 'no_valid_response' } } })
})

describe('a notification that comes again and again without our token', () => {
  const shown = answer(steps('104900001', { code: '0' }))
  const claims = (...minutes: readonly number[]) =>
    recordOf(
      [depositIntent()],
      minutes.map((at) => unproven({ payment_state: 'credited', timestamp: secondsAfter(at) })),
    )
  const isAskedAfter = async (record: PaymentRecord, minutes: number) => {
    const at = new Date(Number(secondsAfter(minutes)) * 1000).toISOString()
    return (await look(record, [shown, resent], at)).asked.length === 2
  }

  test.each([
    ['an hour after the first', [0], 60],
    ['after half the time that it has come', [0, 600], 900],
    ['after a day at most', [0, 10_000], 11_440],
  ])('is asked for again %s', async (_, times, due) => {
    expect(await isAskedAfter(claims(...times), due - 1)).toBe(false)
    expect(await isAskedAfter(claims(...times), due)).toBe(true)
  })

  test('is asked for at once where it was only pending, of another type or of another transaction', async () => {
    const others = [
      callback({ errorcode: '2000' }),
      callback({ type: 'refund' }),
      callback({ transactionid: '8', payment_state: 'not_credited_yet' }),
    ]
    const { asked } = await look(
      recordOf([depositIntent()], others),
      [shown, resent, answer()],
      '2026-11-20T09:26:00.000Z',
    )
    expect(asked[1]).toEqual(['send_notification', { transactionid: '104900001' }])
  })
})

describe('where one word stands for every step, as in the recorded answer', () => {
  const lost = recordOf([depositIntent({}, [])])
  const invoice = (amount: string, order = 'trustly-0001') => ({ type: 'invoice', code: '0', amount, order })

  test('an order is ours that shows our money among its steps', async () => {
    const { found } = await look(lost, [answer(steps('7', invoice('10.00'), invoice('4.00'))), resent])
    expect(found).toMatchObject([{ learns: true, report: { vendorId: '7' } }])
  })

  test.each([
    ['other money alone', [invoice('9.00'), invoice('4.00')]],
    ['another order', [invoice('10.00'), invoice('10.00', 'trustly-0002')]],
  ])('an order is not ours that shows %s', async (_, shown) => {
    expect((await look(lost, [answer(steps('7', ...shown))])).found).toEqual([])
  })

  test('a capture of other money is not outweighed by a step of another type', async () => {
    const capture = { ...invoice('9.00'), type: 'capture' }
    expect((await look(lost, [answer(steps('7', capture, invoice('10.00')))])).found).toEqual([])
  })
})

describe('row 6: a deposit that was paid while no callback gets through', () => {
  const shown = answer(steps('104900001', { type: 'preauthorization', code: '2000' }, { code: '0', amount: '10.00' }))

  test('needs review when payabl goes on showing it for hours, and leaves no more than two reports', async () => {
    let record = pending
    for (const [at, reasons, reports] of [
      ['2026-11-20T09:40:00.000Z', [], 1],
      ['2026-11-20T12:00:00.000Z', [], 1],
      ['2026-11-20T15:40:00.000Z', ['overdue'], 2],
      ['2026-12-20T15:40:00.000Z', ['overdue'], 2],
      ['2027-01-29T15:40:00.000Z', ['overdue'], 2],
    ] as const) {
      const { found, asked } = await look(record, [shown, resent], at)
      record = withFound(record, found)
      expect([reasonsOf(record), record.reports.length]).toEqual([reasons, reports])
      expect(asked.at(-1)).toEqual(['send_notification', { transactionid: '104900001' }])
    }
    const reported = { ...record, reports: [...record.reports, credited()] }
    expect(reasonsOf(reported)).toEqual([])
    expect(deriveDeposit(reported, derived(reported).facts)?.state).toBe('credited')
  })

  test.each<[string, Step]>([
    ['is lost', { lost: 'timeout' }],
    ['is refused', '<response><process><status>-104</status></process></response>'],
  ])('what payabl shows is kept when its notification %s', async (_, step) => {
    const { found } = await look(pending, [shown, step])
    expect(found).toMatchObject([{ report: { members: { errorcode: '0' }, money: eur('10.00') } }])
  })

  test('one of which a callback has come leaves nothing, and payabl is asked to notify again', async () => {
    const approved = recordOf([depositIntent()], [callback({ payment_state: 'not_credited_yet' })])
    const { found, asked } = await look(approved, [shown, resent])
    expect([found, asked.length]).toEqual([[], 2])
  })

  test('one whose first transaction was declined is asked about, too', async () => {
    const declined = recordOf([depositIntent()], [callback({ errorcode: '-5002', transactionid: '104900000' })])
    const first = await look(declined, [shown, resent, answer()])
    expect(first.asked.map(([, fields]) => fields.transactionid)).toEqual(['104900001', '104900001', '104900000'])
    const record = withFound(declined, first.found)
    expect(reasonsOf(record)).toEqual([])
    const later = await look(record, [shown, resent, answer()], '2026-11-25T16:00:00.000Z')
    expect(reasonsOf(withFound(record, later.found))).toEqual(['lookup_differs'])
  })

  test('a declined attempt is not asked about once another one has money', async () => {
    const second = depositIntent({ attempt: 2 }, ['104900002'])
    const paid = callback(
      { transactionid: '104900002', payment_state: 'credited' },
      { intent: paymentRef(second.intent) },
    )
    const record = recordOf([depositIntent(), second], [callback({ errorcode: '-5002' }), paid])
    expect((await look(record, [])).asked).toEqual([])
  })

  test('one that payabl has said to be pending is shown all the same', async () => {
    const said = recordOf([depositIntent()], [callback({ errorcode: '2000' })])
    const { found } = await look(said, [shown, resent])
    expect(found).toMatchObject([{ report: { members: { errorcode: '0' } } }])
  })

  test('one that nobody pays is no review', async () => {
    const open = answer(steps('104900001', { type: 'preauthorization', code: '2000' }))
    const { found } = await look(pending, [open, resent], '2027-01-29T15:40:00.000Z')
    expect(reasonsOf(withFound(pending, found))).toEqual([])
  })
})

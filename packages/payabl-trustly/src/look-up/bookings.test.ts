import { type Booking, deriveDeposit, isLeft, ownMethods, type PaymentRecord } from '@railswitch/core/provider'
import { answer, notFound, resent, steps, withFound } from '../__fixtures__/look-up.ts'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  derived,
  eur,
  payoutIntent,
  recordOf,
  refundIntent,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { reconciliation } from './bookings.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour))

const listAt = async (script: readonly Step[], days: { readonly from: string; readonly to: string }) => {
  const { client, sent } = scriptedClient(script)
  const listed = await reconciliation(client, () => at(25)).list(days, new AbortController().signal)()
  if (isLeft(listed)) throw listed.left
  return { ...listed.right, asked: sent.map(({ fields }) => fields) }
}

/** Looks one booking up at a payabl that answers this script. */
const lookUp = async (record: PaymentRecord, booking: Booking, script: readonly Step[] = [], now = at(25)) => {
  const { client, sent } = scriptedClient(script)
  const result = await reconciliation(client, () => now).lookUp(record, booking, new AbortController().signal)()
  const found = isLeft(result) ? [] : result.right
  const asked = sent.map(({ url, fields }) => [url.split('/').at(-1), fields] as const)
  return { result, found, asked, record: withFound(record, found) }
}

const entry = (id: string, more: { readonly amount?: string; readonly order?: string; readonly on?: string } = {}) =>
  `<transaction><amount>${more.amount ?? '3.00'}</amount><booking_date>${more.on ?? ''}</booking_date><currency>EUR</currency><issue_date></issue_date><order_id>${more.order ?? 'trustly-0001'}</order_id><transaction_id> ${id}</transaction_id></transaction>`

const booking = (more: Partial<Booking> = {}): Booking => ({
  vendorId: '7',
  merchantReference: 'trustly-0001',
  method: 'chb',
  money: eur('3.00'),
  bookedAt: ['24.11.2026 10:00:00'],
  ...more,
})

const deposit = depositIntent()
const importedIntent = (vendorIds?: readonly string[]) => ({
  ...depositIntent({ imported: true }, vendorIds),
  conclusion: { state: 'started' as const, result: { payment: depositRef, redirectUrl: '', expiresAt: null } },
})
const paid = recordOf([deposit], [credited()])
const ours = (id: string) => answer(steps(id, { code: '0', order: 'trustly-0001', amount: '10.00' }))
const stateOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)

describe('the lists', () => {
  test('are those of captures, failures, chargebacks and refunds, one day wider at each end, month by month', async () => {
    const { asked } = await listAt(Array(8).fill(answer()), { from: '2026-11-30', to: '2026-12-02' })
    expect(asked).toEqual(
      ['capture', 'failed', 'chb', 'refund'].flatMap((type) => [
        { type, start_date: '29.11.2026', end_date: '30.11.2026' },
        { type, start_date: '01.12.2026', end_date: '03.12.2026' },
      ]),
    )
  })

  test('have equal entries of one transaction as one booking', async () => {
    const [first, second] = ['24.11.2026 10:00:00', '25.11.2026 11:00:00']
    const shown = answer(
      entry('7', { on: first }),
      entry('8'),
      entry('7', { amount: '4.00' }),
      entry('7', { on: second }),
    )
    const { bookings, failed } = await listAt([answer(), answer(), shown, answer()], {
      from: '2026-11-23',
      to: '2026-11-25',
    })
    expect(bookings).toEqual([
      booking({ bookedAt: [first, second] }),
      booking({ vendorId: '8', bookedAt: [''] }),
      booking({ money: eur('4.00'), bookedAt: [''] }),
    ])
    expect(failed).toEqual([])
  })

  test('have bookings without a readable amount or our order id', async () => {
    const shown = answer('<transaction><amount>?</amount><transaction_id>7</transaction_id></transaction>')
    const { bookings } = await listAt([answer(), answer(), answer(), shown], { from: '2026-11-23', to: '2026-11-25' })
    expect(bookings).toEqual([booking({ method: 'refund', money: null, merchantReference: null, bookedAt: [''] })])
  })

  test('that fail are reported, and the others are valid', async () => {
    const script = [{ lost: 'timeout' }, answer(), answer(entry('7')), notFound]
    const { bookings, failed } = await listAt(script, { from: '2026-11-23', to: '2026-11-25' })
    expect(bookings.map(({ vendorId }) => vendorId)).toEqual(['7'])
    expect(failed.map(({ code }) => code)).toEqual(['no_valid_response', 'misconfigured'])
  })

  test('are halved if payabl needs too long, down to one day', async () => {
    const tooLong = { status: 504, body: '' }
    const script = [tooLong, answer(entry('7')), answer(entry('8')), answer(), tooLong, tooLong, tooLong, answer()]
    const { bookings, failed, asked } = await listAt(script, { from: '2026-11-24', to: '2026-11-24' })
    expect(bookings.map(({ method, vendorId }) => `${method} ${vendorId}`)).toEqual(['capture 7', 'capture 8'])
    expect(asked.slice(0, 3)).toMatchObject([
      { start_date: '23.11.2026', end_date: '25.11.2026' },
      { start_date: '23.11.2026', end_date: '24.11.2026' },
      { start_date: '25.11.2026', end_date: '25.11.2026' },
    ])
    expect(failed).toMatchObject([{ vendor: { code: '504' } }])
  })
})

describe('a chargeback that was never notified', () => {
  test('reverses the deposit, under an id of its own that payabl shows with our order', async () => {
    const { record, asked } = await lookUp(paid, booking(), [ours('7')])
    expect(asked).toEqual([['tx_diagnose', { type: 'tx', transactionid: '7' }]])
    expect([stateOf(record)?.reversed, reasonsOf(record)]).toEqual([eur('3.00'), []])
  })

  test('reverses it under its own transaction, whatever order the list names', async () => {
    const { record } = await lookUp(paid, booking({ vendorId: '104900001', merchantReference: null }))
    expect(stateOf(record)?.reversed).toEqual(eur('3.00'))
  })

  test.each([
    ['nothing', answer()],
    ['that it finds nothing', notFound],
    ['another transaction', ours('8')],
  ])('counts by the list alone if payabl responds with %s', async (_, shown) => {
    expect(stateOf((await lookUp(paid, booking(), [shown])).record)?.reversed).toEqual(eur('3.00'))
  })

  test('waits if payabl does not respond', async () => {
    const { result, found } = await lookUp(paid, booking(), [{ lost: 'timeout' }])
    expect([result, found]).toMatchObject([{ left: { code: 'no_valid_response' } }, []])
  })

  test('of another order with our id needs review, once, and reverses nothing', async () => {
    const other = answer(steps('7', { code: '0', order: 'trustly-0001', amount: '9.00' }))
    const { record } = await lookUp(paid, booking(), [other])
    expect([stateOf(record)?.reversed, reasonsOf(record)]).toEqual([eur('0.00'), ['foreign_order']])
    expect((await lookUp(record, booking())).found).toEqual([])
    const later = await lookUp(record, booking({ bookedAt: ['25.11.2026 10:00:00'] }), [answer()])
    expect(reasonsOf(later.record)).toEqual(['foreign_order'])
  })

  test('is not recorded again', async () => {
    const { record } = await lookUp(paid, booking(), [ours('7')])
    expect(await lookUp(record, booking())).toMatchObject({ found: [], asked: [] })
  })

  test('belongs to the attempt whose order the list names', async () => {
    const second = depositIntent({ attempt: 2 }, ['104900005'])
    const record = recordOf([deposit, second], [credited()])
    const { found } = await lookUp(record, booking({ merchantReference: 'trustly-0001_2' }), [
      answer(steps('7', { code: '0', order: 'trustly-0001_2', amount: '10.00' })),
    ])
    expect(found.map(({ intent }) => intent)).toEqual(['rs1.p.deposit.trustly-0001.2'])
  })
})

describe('equal chargebacks of one transaction', () => {
  const [monday, tuesday] = ['16.11.2026 10:00:00', '24.11.2026 10:00:00']
  const of = (...bookedAt: readonly string[]) => booking({ vendorId: '104900001', bookedAt })
  const listOf = (...times: readonly string[]) => answer(...times.map((on) => entry('104900001', { on })))

  test('are counted within the days of a list', async () => {
    const { record, asked } = await lookUp(paid, of(monday, tuesday))
    expect([stateOf(record)?.reversed, asked]).toEqual([eur('6.00'), []])
  })

  test('are counted from the beginning of the deposit when another one appears in later days', async () => {
    const { record } = await lookUp(paid, of(monday))
    const later = await lookUp(record, of(tuesday), [listOf(monday, tuesday)])
    expect(later.asked).toEqual([['tx_diagnose', { type: 'chb', start_date: '19.11.2026', end_date: '26.11.2026' }]])
    expect([stateOf(later.record)?.reversed, reasonsOf(later.record)]).toEqual([eur('6.00'), []])
    for (const seen of [of(monday), of(tuesday)]) expect((await lookUp(later.record, seen)).found).toEqual([])
  })

  test('are not counted twice if payabl changes the time of one', async () => {
    const { record } = await lookUp(paid, of(monday))
    const later = await lookUp(record, of(tuesday), [listOf(tuesday)])
    expect(stateOf(later.record)?.reversed).toEqual(eur('3.00'))
  })

  test('of one second are two', async () => {
    const { record } = await lookUp(paid, of(monday))
    const later = await lookUp(record, of(monday, monday), [listOf(monday, monday)])
    expect(stateOf(later.record)?.reversed).toEqual(eur('6.00'))
  })

  test('without a time are counted every time, and nothing changes', async () => {
    const { record } = await lookUp(paid, of(''))
    const later = await lookUp(record, of(''), [listOf('')])
    expect([later.asked.length, later.record]).toEqual([1, record])
    expect(stateOf((await lookUp(record, of(''), [listOf('', '')])).record)?.reversed).toEqual(eur('6.00'))
  })

  test('of an import are counted since long before it', async () => {
    const imported = importedIntent()
    const credit = report({
      method: ownMethods.imported,
      proof: 'person',
      money: eur('10.00'),
      members: { state: 'credited' },
    })
    const { record } = await lookUp(recordOf([imported], [credit]), of(monday))
    const { asked } = await lookUp(record, of(tuesday), Array(15).fill(listOf()))
    expect(asked[0]).toMatchObject(['tx_diagnose', { start_date: '15.10.2025' }])
  })

  test('wait if payabl does not list them', async () => {
    const { record } = await lookUp(paid, of(monday))
    expect((await lookUp(record, of(tuesday), [{ lost: 'timeout' }])).result).toMatchObject({ _tag: 'Left' })
  })
})

describe('a refund', () => {
  const accepted = (reference: string, ids: readonly string[] = []) => ({
    ...refundIntent(reference, '3.00', ids),
    conclusion: { state: 'accepted' as const, result: { status: 'accepted' as const, payment: depositRef } },
  })
  const booked = (vendorId: string) => booking({ method: 'refund', vendorId })
  const statesOf = (record: PaymentRecord) => stateOf(record)?.refunds.map(({ state }) => state)

  test('of ours is confirmed under its own id', async () => {
    const { record, asked } = await lookUp(recordOf([deposit, accepted('r-1', ['7'])], [credited()]), booked('7'))
    expect([statesOf(record), reasonsOf(record), asked]).toEqual([['confirmed'], [], []])
  })

  test('of the back office with the same money is another one, in whatever order they are listed', async () => {
    const before = recordOf([deposit, accepted('r-1', ['7'])], [credited()])
    for (const ids of [
      ['7', '8'],
      ['8', '7'],
    ]) {
      let record = before
      for (const id of ids) record = (await lookUp(record, booked(id), id === '8' ? [ours('8')] : [])).record
      expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed'], ['unexpected_payout']])
    }
  })

  test('of the back office is counted under the deposit`s id too', async () => {
    const before = recordOf([deposit, accepted('r-1')], [credited()])
    const one = await lookUp(before, booked('104900001'))
    expect([statesOf(one.record), reasonsOf(one.record)]).toEqual([['confirmed'], []])
    const both = answer(entry('104900001', { on: '1' }), entry('104900001', { on: '2' }))
    const two = await lookUp(one.record, { ...booked('104900001'), bookedAt: ['25.11.2026 09:00:00'] }, [both])
    expect([statesOf(two.record), reasonsOf(two.record)]).toEqual([['confirmed'], ['unexpected_payout']])
  })
})

describe('a capture', () => {
  const captured = (vendorId: string, more: Partial<Booking> = {}) =>
    booking({ method: 'capture', vendorId, money: eur('10.00'), ...more })

  test.each<[string, PaymentRecord, string]>([
    ['that was credited', paid, '104900001'],
    ['that failed', recordOf([deposit], [callback({ errorcode: '-5002' })]), '104900001'],
    ['of a deposit that `sync` looks up', recordOf([deposit]), '104900001'],
    [
      'of an import',
      recordOf(
        [importedIntent()],
        [report({ method: ownMethods.imported, proof: 'person', money: eur('10.00'), members: { state: 'credited' } })],
      ),
      '104900001',
    ],
  ])('%s needs nothing', async (_, record, vendorId) => {
    expect(await lookUp(record, captured(vendorId))).toMatchObject({ found: [], asked: [] })
  })

  test('of a further transaction is requested from payabl, and needs review if no notification arrives', async () => {
    const first = await lookUp(paid, captured('104900002'), [resent])
    expect(first.asked).toEqual([['send_notification', { transactionid: '104900002' }]])
    expect(reasonsOf(first.record)).toEqual([])
    const soon = await lookUp(first.record, captured('104900002'), [resent], at(25, 15))
    expect(soon.record).toEqual(first.record)
    const next = await lookUp(soon.record, captured('104900002'), [resent], at(26))
    expect(next.asked).toEqual([['send_notification', { transactionid: '104900002' }]])
    expect(reasonsOf(next.record)).toEqual(['unexpected_credit'])
    const reported = callback({ transactionid: '104900002', payment_state: 'credited' })
    const overpaid = { ...next.record, reports: [...next.record.reports, reported] }
    expect(reasonsOf(overpaid)).toEqual(['overpaid'])
    expect((await lookUp(overpaid, captured('104900002'))).asked).toEqual([])
  })

  test('is recorded although payabl cannot send its notification again', async () => {
    expect((await lookUp(paid, captured('104900002'), [{ lost: 'timeout' }])).found).toHaveLength(1)
  })

  test('whose notification names another transaction of a pending deposit is requested too', async () => {
    const { asked } = await lookUp(recordOf([deposit]), captured('104900002'), [resent])
    expect(asked).toHaveLength(1)
  })

  test('of another amount is another order with our id, and needs review once', async () => {
    const { record, asked } = await lookUp(paid, captured('104900002', { money: eur('9.00') }))
    expect([asked, reasonsOf(record)]).toEqual([[], ['foreign_order']])
    const again = await lookUp(record, captured('104900002', { money: eur('9.00') }), [], at(27))
    expect(again.record).toEqual(record)
  })
})

describe('a failure', () => {
  const failed = booking({ method: 'failed', vendorId: '104900001', money: eur('10.00') })
  const isReported = callback({ errorcode: '0', payment_state: 'not_credited' })

  test.each<[string, PaymentRecord, Booking]>([
    ['of a deposit that was not credited', recordOf([deposit]), failed],
    ['of another transaction of the order', paid, { ...failed, vendorId: '104900002' }],
    ['that a notification reports', recordOf([deposit], [credited(), isReported]), failed],
  ])('%s needs nothing', async (_, record, one) => {
    expect(await lookUp(record, one)).toMatchObject({ found: [], asked: [] })
  })

  test('of a credited transaction is requested from payabl, and needs review if no notification arrives', async () => {
    const first = await lookUp(paid, failed, [resent])
    expect(first.asked).toEqual([['send_notification', { transactionid: '104900001' }]])
    expect(reasonsOf(first.record)).toEqual([])
    const next = await lookUp(first.record, failed, [resent], at(26))
    expect([reasonsOf(next.record), stateOf(next.record)?.state]).toEqual([['lookup_differs'], 'credited'])
    const lost = callback({ errorcode: '-5002', payment_state: 'not_credited', timestamp: secondsAfter(9_000) })
    const record = { ...next.record, reports: [...next.record.reports, lost] }
    expect([reasonsOf(record), stateOf(record)?.reversed]).toEqual([[], eur('10.00')])
  })

  test('of an import is requested too', async () => {
    const imported = report({
      method: ownMethods.imported,
      proof: 'person',
      vendorId: '104900001',
      money: eur('10.00'),
      members: { state: 'credited' },
    })
    const record = recordOf([importedIntent(['104900001', '104900002'])], [imported])
    const first = await lookUp(record, { ...failed, vendorId: '104900002' }, [resent])
    const next = await lookUp(first.record, { ...failed, vendorId: '104900002' }, [resent], at(26))
    expect(reasonsOf(next.record)).toEqual(['lookup_differs'])
  })
})

test('a list of failures that payabl does not have is left out', async () => {
  const refused = '<response><process><status>-6000</status></process></response>'
  const { failed } = await listAt([answer(), refused, answer(), answer()], { from: '2026-11-24', to: '2026-11-24' })
  expect(failed).toEqual([])
  const lost = { lost: 'timeout' }
  expect(
    (await listAt([answer(), lost, answer(), answer()], { from: '2026-11-24', to: '2026-11-24' })).failed,
  ).toHaveLength(1)
})

test.each<[string, PaymentRecord, Booking]>([
  ['of a payout', recordOf([payoutIntent(['7'])]), booking()],
  ['of another order', paid, booking({ merchantReference: 'trustly-0002' })],
  ['of a list that is not compared', paid, booking({ method: 'retrieval_request', vendorId: '104900001' })],
])('a booking %s has no report', async (_, record, one) => {
  expect(await lookUp(record, one)).toMatchObject({ found: [], asked: [] })
})

test('a notification without our token is looked up, although the list has its transaction', async () => {
  const { record } = await lookUp(paid, booking(), [ours('7')])
  const claimed = unproven({ type: 'chb', transactionid: '7', amount: '3.00' }, null)
  const { client, sent } = scriptedClient([ours('7')])
  const { lookUp: lookUpPayment } = await import('./look-up.ts')
  const both = { ...record, reports: [...record.reports, claimed] }
  const looked = await lookUpPayment(client, () => at(26))(both, new AbortController().signal)()
  expect(sent).toHaveLength(1)
  const learned = withFound(both, isLeft(looked) ? [] : looked.right.found)
  expect([stateOf(learned)?.reversed, reasonsOf(learned)]).toEqual([eur('3.00'), []])
})

import { deriveDeposit, type PaymentRecord } from '@railswitch/core/provider'
import { answer, listed, look, notFound, resent, steps, withFound } from '../__fixtures__/look-up.ts'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  derived,
  payoutIntent,
  payoutRef,
  recordOf,
  refundIntent,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'

const deposit = depositIntent()
const named = unproven({ transactionid: '7', payment_state: 'credited' }, null)
const paid = recordOf([deposit], [credited(), named])
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const ours = { code: '0', order: 'trustly-0001', amount: '10.00' }

describe('row A: a notification that names our order under an unknown transaction', () => {
  test('is nothing yet where the deposit has ended, and payabl is asked whose it is', async () => {
    expect(reasonsOf(paid)).toEqual([])
    const { asked } = await look(paid, [answer(steps('7', ours)), resent])
    expect(asked[0]).toEqual(['tx_diagnose', { type: 'tx', transactionid: '7' }])
  })

  test('is ours where payabl shows our order and money: it is learned, and its money still needs proof', async () => {
    const { found } = await look(recordOf([deposit], [named]), [answer(steps('7', ours)), resent, answer()])
    expect(found).toMatchObject([{ learns: true, intent: depositRef, report: { vendorId: '7' } }])
    const record = withFound(recordOf([deposit], [named]), found)
    expect(reasonsOf(record)).toEqual(['unsigned_money'])
    expect(deriveDeposit(record, derived(record).facts)?.state).toBe('pending')
  })

  test('that failed is ended by it once it is ours', async () => {
    const failed = unproven({ transactionid: '7', errorcode: '-5003' }, null)
    const before = recordOf([depositIntent({}, [])], [failed])
    expect(derived(before).facts).toEqual([])
    const { found } = await look(before, [answer(steps('7', { ...ours, code: '-5003' })), answer()])
    const record = withFound(before, found)
    expect(deriveDeposit(record, derived(record).facts)?.state).toBe('not_credited')
  })

  test.each([
    ['another order id', answer(steps('7', { ...ours, order: 'trustly-0002' }))],
    ['another amount', answer(steps('7', { ...ours, amount: '9.00' }))],
    ['no order id', answer(steps('7', { ...ours, order: '' }))],
    ['nothing', answer()],
    ['another transaction', answer(steps('8', ours))],
    ['that it finds nothing', notFound, answer(steps('104900001', ours))],
  ])('is foreign where payabl shows %s: a review, and never asked about again', async (_, ...shown) => {
    const { found } = await look(paid, shown)
    expect(found).toMatchObject([{ learns: false, intent: depositRef, report: { vendorId: '7' } }])
    const record = withFound(paid, found)
    expect(reasonsOf(record)).toEqual(['foreign_order'])
    expect((await look(record, [])).asked).toEqual([])
  })

  test.each([
    ['nothing', answer()],
    ['another transaction', answer(steps('8', ours))],
    ['that it finds nothing', notFound, answer(steps('104900001', ours))],
  ])(
    'keeps waiting where payabl shows %s on the first day: how soon it shows a transaction is not published',
    async (_, ...shown) => {
      expect((await look(paid, shown, '2026-11-21T09:24:59.999Z')).found).toEqual([])
      expect((await look(paid, shown, '2026-11-21T09:25:00.000Z')).found).toHaveLength(1)
    },
  )

  test('keeps waiting where payabl does not answer', async () => {
    const { found, result } = await look(paid, [{ lost: 'timeout' }])
    expect(found).toEqual([])
    expect(result).toMatchObject({ right: { failed: { code: 'no_valid_response' } } })
  })

  test.each([
    ['nor what is known as ours, as with a wrong secret', paid, [notFound, notFound]],
    [
      'and nothing is known as ours that it could show',
      recordOf([depositIntent({}, [])], [named]),
      [notFound, answer()],
    ],
  ])('keeps waiting where payabl does not find it, %s', async (_, record, script) => {
    const { found, result } = await look(record, script)
    expect(found).toEqual([])
    expect(result).toMatchObject({ right: { failed: { vendor: { code: '-6000' } } } })
  })

  test('does not keep another one waiting that payabl does not answer', async () => {
    const other = unproven({ transactionid: '8', payment_state: 'credited' }, null)
    const record = recordOf([deposit], [credited(), named, other])
    const { found, result } = await look(record, [{ lost: 'timeout' }, answer(steps('8', ours)), resent])
    expect(found).toMatchObject([{ learns: true, report: { vendorId: '8' } }])
    expect(result).toMatchObject({ right: { failed: { code: 'no_valid_response' } } })
  })

  test('belongs to the attempt whose order id payabl shows, and is foreign to none', async () => {
    const second = depositIntent({ attempt: 2 }, ['104900002'])
    const record = recordOf([deposit, second], [credited(), named])
    const { found } = await look(record, [answer(steps('7', { ...ours, order: 'trustly-0001_2' })), resent, answer()])
    expect(found.filter(({ report }) => report.vendorId === '7')).toMatchObject([
      { learns: true, intent: 'rs1.p.deposit.trustly-0001.2' },
    ])
  })

  test('is not asked of another rail, nor once it is known, nor where its signature covers everything', async () => {
    const others = [
      { ...named, rail: 'trustly' },
      { ...named, id: 'signed', proof: 'signature' as const },
    ]
    expect((await look(recordOf([deposit], [credited(), ...others]), [])).asked).toEqual([])
    const known = callback({ transactionid: '7', payment_state: 'credited' })
    expect((await look(recordOf([deposit], [credited(), known, { ...named, id: 'again' }]), [])).asked).toEqual([])
  })
})

describe('a chargeback or a refund under an unknown transaction, of a deposit that was credited', () => {
  const about = { transactionid: '7', amount: '4.00', timestamp: secondsAfter(60) }
  const shownAs = (type: string) => answer(steps('7', { type, code: '0', order: 'trustly-0001', amount: '4.00' }))
  const named7 = (type: string) => unproven({ ...about, type }, null)
  const stateOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)

  test.each(['chb', 'refund'])(
    'is learned as what it is, and no further notification of it is asked for: %s',
    async (type) => {
      const { found, asked } = await look(recordOf([deposit], [credited(), named7(type)]), [shownAs(type)])
      expect(found).toMatchObject([
        { learns: true, intent: depositRef, report: { vendorId: '7', method: `diagnose ${type}`, members: {} } },
      ])
      expect(asked).toHaveLength(1)
    },
  )

  test('is taken back once payabl`s list shows it, once', async () => {
    const before = recordOf([deposit], [credited(), named7('chb')])
    const learned = withFound(before, (await look(before, [shownAs('chb')])).found)
    expect([reasonsOf(learned), stateOf(learned)?.reversed.value]).toEqual([['unsigned_money'], '0.00'])
    const { asked, found } = await look(learned, [answer(), answer(listed('7', '4.00'))])
    expect(asked.map(([, fields]) => fields)).toEqual([
      { type: 'chb', start_date: '19.10.2026', end_date: '31.10.2026' },
      { type: 'chb', start_date: '01.11.2026', end_date: '26.11.2026' },
    ])
    const record = withFound(learned, found)
    expect([reasonsOf(record), stateOf(record)?.reversed.value]).toEqual([[], '4.00'])
    const reported = { ...record, reports: [...record.reports, callback({ ...about, type: 'chb' })] }
    expect([reasonsOf(reported), stateOf(reported)?.reversed.value]).toEqual([[], '4.00'])
    expect((await look(record, [])).asked).toEqual([])
  })

  test.each([
    ['of another amount', listed('7', '3.00'), '0.00'],
    // The list proves a chargeback of transaction 9 of this order, but not the report of transaction 7.
    ['of another transaction, which is taken back itself', listed('9', '4.00'), '4.00'],
  ])('is not taken back by a listed one %s', async (_, shown, reversed) => {
    const before = recordOf([deposit], [credited(), callbackOf('chb')])
    const paid = answer(steps('9', { code: '0', order: 'trustly-0001', amount: '10.00' }))
    const record = withFound(before, (await look(before, [answer(), answer(shown), paid])).found)
    expect([reasonsOf(record), stateOf(record)?.reversed.value]).toEqual([['unsigned_money'], reversed])
    expect(derived(record).reviews).toMatchObject([{ vendorId: '7' }])
  })

  test('is the refund that was asked for once payabl`s list shows it', async () => {
    const refund = { ...refundIntent('r-1', '4.00'), conclusion: acceptedRefund }
    const before = recordOf([deposit, refund], [credited(), named7('refund')])
    const learned = withFound(before, (await look(before, [shownAs('refund')])).found)
    expect([reasonsOf(learned), stateOf(learned)?.refunds[0]?.state]).toEqual([['unsigned_money'], 'accepted'])
    const { found } = await look(learned, [answer(), answer(listed('7', '4.00'))])
    const record = withFound(learned, found)
    expect([reasonsOf(record), stateOf(record)?.refunds[0]?.state]).toEqual([[], 'confirmed'])
    expect(stateOf(record)?.refundable.value).toBe('6.00')
  })

  const callbackOf = (type: string) => unproven({ ...about, type })
})

const acceptedRefund = {
  state: 'accepted',
  result: { status: 'accepted', payment: 'rs1.p.refund.r-1.1' as never },
} as const

describe('row 15: a payout`s failure that came without its token', () => {
  const failed = unproven({ transactionid: '7', type: 'cft', errorcode: '-5008', amount: '25.00' }, null)
  const record = recordOf([payoutIntent(['104900002'])], [failed])

  test('fails it once payabl shows that the transaction is its own', async () => {
    const step = { type: 'cft', code: '-5008', order: 'payout-0001', amount: '25.00' }
    const { found } = await look(record, [answer(steps('7', step)), answer()])
    expect(found).toMatchObject([{ learns: true, intent: payoutRef, report: { vendorId: '7' } }])
    expect(derived(withFound(record, found)).pending.map(({ event }) => event.type)).toEqual(['payout.failed'])
  })

  test('is foreign where payabl shows another order', async () => {
    const step = { type: 'cft', code: '-5008', order: 'payout-0002', amount: '25.00' }
    const { found } = await look(record, [answer(steps('7', step)), answer()])
    expect(reasonsOf(withFound(record, found))).toEqual(['foreign_order'])
  })
})

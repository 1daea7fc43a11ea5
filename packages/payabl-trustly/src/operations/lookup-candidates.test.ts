import { deriveDeposit, type PaymentRecord } from '@railswitch/core'
import { answer, look, notFound, resent, steps, withFound } from '../__fixtures__/look-up.ts'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  derived,
  payoutIntent,
  payoutRef,
  recordOf,
  unproven,
} from '../__fixtures__/records.ts'

const deposit = depositIntent()
const named = unproven({ transactionid: '7', payment_state: 'credited' }, null)
const paid = recordOf([deposit], [credited(), named])
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const ours = { code: '0', order: 'trustly-0001', amount: '10.00' }

describe('row A: a notification that names our order under an unknown transaction', () => {
  test('is a review where the deposit has ended, and payabl is asked whose it is', async () => {
    expect(reasonsOf(paid)).toEqual(['foreign_order'])
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
    ['that it finds nothing', notFound],
  ])('is foreign where payabl shows %s: a review, and never asked about again', async (_, shown) => {
    const { found } = await look(paid, [shown])
    expect(found).toMatchObject([{ learns: false, intent: depositRef, report: { vendorId: '7' } }])
    const record = withFound(paid, found)
    expect(reasonsOf(record)).toEqual(['foreign_order'])
    expect((await look(record, [])).asked).toEqual([])
  })

  test('keeps waiting where payabl does not answer', async () => {
    expect((await look(paid, [{ lost: 'timeout' }])).result).toMatchObject({ left: { code: 'answer_lost' } })
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

  test('may be a refund of the payment, whose amount is its own', async () => {
    const refunded = unproven({ transactionid: '7', type: 'refund', amount: '4.00' }, null)
    const record = recordOf([deposit], [credited(), refunded])
    const { found } = await look(record, [
      answer(steps('7', { type: 'refund', code: '0', order: 'trustly-0001', amount: '4.00' })),
      resent,
    ])
    expect(found).toMatchObject([{ learns: true, intent: depositRef }])
  })
})

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

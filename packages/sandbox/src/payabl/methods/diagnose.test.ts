import {
  call,
  captureOf,
  creditedDeposit,
  elements,
  type Fields,
  placeDeposit,
  post,
  query,
  sample,
  signedBody,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import type { PayablAssumptions } from '../../index.ts'

// Selectors, dates and 504: protocol/payabl.md section 3.6. The shape: the recorded res-diagnose-*-authentic.xml.
// Codes: "0 successful, 2000 pending, otherwise failed" (section 3.6).

let sandbox: PayablAlone
let time: Date
const others: PayablAlone[] = []

const start = async (assumptions: Partial<PayablAssumptions>) => {
  const other = await startPayablAlone({ assumptions }, () => time)
  others.push(other)
  return other
}

beforeEach(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  sandbox = await start({})
})

afterEach(() => Promise.all(others.splice(0).map((other) => other.close())))

const today: Fields = { start_date: '20.11.2026', end_date: '20.11.2026' }
const diagnose = (fields: Fields, one: PayablAlone = sandbox) => query(one, 'tx_diagnose', fields)
const tags = (xml: string) => [...xml.matchAll(/<(\/?\w+)\/?>/g)].map(([, name]) => name)
const codes = async (transactionid: string, one: PayablAlone = sandbox) =>
  elements(await diagnose({ type: 'tx', transactionid }, one), 'error_code')
const found = async (fields: Fields, one: PayablAlone = sandbox) =>
  elements(await diagnose(fields, one), 'transaction_id')

describe('by transaction', () => {
  test('answers a pending one as in the documented shape, to the letter', async () => {
    const same = await start({ captureId: 'same' })
    const { id } = await placeDeposit(same)
    time = new Date('2026-11-20T09:25:13Z')
    const expected = sample('res-diagnose-tx-trustly-pending.xml').replace('104900001', id)
    expect(await diagnose({ type: 'tx', transactionid: id }, same)).toBe(expected)
    expect(tags(expected)).toEqual(tags(sample('res-diagnose-tx-authentic.xml')))
  })

  test('shows each transaction of the payment as a step, whichever id is asked', async () => {
    const { id } = await placeDeposit(sandbox, { custom1: 'ü <&' })
    sandbox.payabl.credit(id)
    const capture = captureOf(sandbox, id)?.transactionId ?? ''
    sandbox.payabl.chargeBack(id, '1.00')
    const xml = await diagnose({ type: 'tx', transactionid: capture })
    expect(elements(xml, 'transaction_id')).toEqual([capture])
    expect(elements(xml, 'type')).toEqual(['preauthorization', 'capture', 'chb'])
    expect(elements(xml, 'amount')).toEqual(['10.00', '10.00', '1.00'])
    expect(xml).toContain('<step3>')
    // Sent in UTF-8, and so not what ISO-8859-1 would say.
    expect(elements(xml, 'custom1')[0]).toBe('Ã¼ &lt;&amp;')
    expect(elements(await diagnose({ type: 'tx', transactionid: id }), 'type')).toHaveLength(3)
  })

  test('writes no character that XML cannot hold', async () => {
    const { id } = await placeDeposit(sandbox, { custom1: 'a\u0000\u001b\tb\u007f' })
    const xml = await diagnose({ type: 'tx', transactionid: id })
    expect(elements(xml, 'custom1')[0]).toBe('a??\tb?')
  })

  test('cannot tell credited from not credited yet, but tells failures', async () => {
    const [accepted, credited, failed, aborted] = await Promise.all([1, 2, 3, 4].map(() => placeDeposit(sandbox)))
    const ids = [accepted, credited, failed, aborted].map((placed) => placed?.id ?? '')
    const [one = '', two = '', three = '', four = ''] = ids
    expect(await codes(one)).toEqual(['2000'])
    sandbox.payabl.accept(one)
    sandbox.payabl.credit(two)
    sandbox.payabl.fail(three)
    sandbox.payabl.abort(four)
    expect(await Promise.all(ids.map((id) => codes(id)))).toEqual([
      ['0', '0'],
      ['0', '0'],
      ['-5002', '-5002'],
      ['-5003', '-5003'],
    ])
  })

  test('may call what is not credited yet pending', async () => {
    const other = await start({ diagnoseNotCreditedYet: '2000' })
    const { id } = await placeDeposit(other)
    other.payabl.accept(id)
    expect(await codes(id, other)).toEqual(['2000', '2000'])
  })

  test('finds nothing for an unknown id, which is a success', async () => {
    const xml = await diagnose({ type: 'tx', transactionid: '1' })
    expect(xml).toContain('<status>0</status>')
    expect(xml).not.toContain('<transaction>')
  })
})

describe('by order', () => {
  test('finds each payment of the orderid within the days', async () => {
    const first = await placeDeposit(sandbox)
    time = new Date('2026-11-20T23:30:00Z')
    const second = await placeDeposit(sandbox)
    await placeDeposit(sandbox, { orderid: 'another' })
    const by = { type: 'orderid', orderid: 'trustly-0001' }
    expect(await found({ ...by, ...today })).toEqual([first.id])
    // Half past midnight in Berlin.
    expect(await found({ ...by, ...today, end_date: '21.11.2026' })).toEqual([first.id, second.id])
    expect(await found({ ...by, start_date: '21.11.2026', end_date: '21.11.2026' })).toEqual([second.id])
    expect(await found({ ...by, ...today, orderid: 'none' })).toEqual([])
  })

  test('demands dates, unless configured otherwise', async () => {
    const by = { type: 'orderid', orderid: 'trustly-0001' }
    expect(await diagnose(by)).toContain('<status>-6000</status>')
    const other = await start({ diagnoseDates: 'optional' })
    const { id } = await placeDeposit(other)
    expect(await found(by, other)).toEqual([id])
    expect(await diagnose({ ...by, start_date: '1' }, other)).toContain('<status>-6000</status>')
  })
})

describe('by type', () => {
  test('lists in the shape of the documented answer, with its stray space', async () => {
    const id = await creditedDeposit(sandbox)
    const xml = await diagnose({ type: 'capture', ...today })
    expect(tags(xml)).toEqual(tags(sample('res-diagnose-type-authentic.xml')))
    expect(elements(xml, 'transaction_id')).toEqual([` ${id}`])
    expect(elements(xml, 'booking_date')).toEqual(['20.11.2026 10:20:00'])
    const tidy = await start({ spaceBeforeListedId: false })
    const other = await creditedDeposit(tidy)
    expect(await found({ type: 'capture', ...today }, tidy)).toEqual([other])
  })

  test('finds what is of that type', async () => {
    const { id: pending } = await placeDeposit(sandbox)
    const { id: aborted } = await placeDeposit(sandbox)
    sandbox.payabl.abort(aborted)
    const credited = await creditedDeposit(sandbox)
    const money = { amount: '1.00', currency: 'EUR', transactionid: credited }
    const { transactionid: refund } = await call(sandbox, 'payment_refund', money)
    const { transactionid: payout } = await call(sandbox, 'payment_cft', { ...money, payment_method: '116' })
    const chargeback = sandbox.payabl.chargeBack(credited, '2.00')
    const listed = async (type: string) => (await found({ type, ...today })).map((id) => id.trim())
    expect(await listed('capture')).toEqual([credited])
    expect(await listed('refund')).toEqual([refund])
    expect(await listed('cft')).toEqual([payout])
    expect(await listed('chb')).toEqual([chargeback])
    expect(await listed('pending')).toEqual([pending])
    expect(await listed('failed')).toEqual([captureOf(sandbox, aborted)?.transactionId])
    expect(await listed('retrieval_request')).toEqual([])
  })

  test('answers 504 to dates that are too far apart', async () => {
    expect(await diagnose({ type: 'capture', start_date: '01.01.2026', end_date: '05.03.2026' })).toBe('')
    expect(sandbox.payabl.requests().at(-1)?.status).toBe(504)
    // The span of the published example.
    expect(await diagnose({ type: 'capture', start_date: '01.01.2012', end_date: '13.02.2012' })).toContain(
      '<status>0<',
    )
  })
})

test.each<[Fields, string]>([
  [{}, 'type is missing or unknown'],
  [{ type: 'gift', ...today }, 'type is missing or unknown'],
  [{ type: 'tx' }, 'transactionid is missing'],
  [{ type: 'orderid', ...today }, 'orderid is missing'],
  [{ type: 'refund' }, 'start_date or end_date is missing or not dd.mm.yyyy'],
  [{ type: 'refund', ...today, end_date: '31.11.2026' }, 'start_date or end_date is missing or not dd.mm.yyyy'],
  [{ type: 'refund', ...today, end_date: '19.11.2026' }, 'end_date is before start_date'],
])('refuses %j', async (fields, hint) => {
  expect(await diagnose(fields)).toContain('<status>-6000</status>')
  expect(sandbox.payabl.requests().at(-1)?.hint).toBe(hint)
})

test('shows no other merchant’s transactions', async () => {
  const other = { merchantId: 'other', secret: 's3cret' }
  const shared = await startPayablAlone({ merchants: [other] }, () => time)
  const id = await creditedDeposit(shared)
  const fields = { merchantid: 'other', type: 'tx', transactionid: id }
  expect(await (await post(shared, 'tx_diagnose', signedBody(fields, 's3cret'))).text()).not.toContain('<transaction>')
  await shared.close()
})

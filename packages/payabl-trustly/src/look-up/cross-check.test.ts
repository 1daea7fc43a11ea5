import { isLeft, type PaymentRecord } from '@railswitch/core/provider'
import { credited, depositIntent, depositRef, factWords, recordOf, unproven } from '../__fixtures__/records.ts'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { crossCheck } from './cross-check.ts'

interface Shown {
  readonly id?: string
  readonly code?: string
  readonly amount?: string
  readonly currency?: string
  readonly order?: string
  readonly type?: string
  readonly more?: string
}
const shows = ({
  id = '104900001',
  code = '0',
  amount = '10.00',
  currency = 'EUR',
  order = 'trustly-0001',
  type = 'capture',
  more = '',
}: Shown = {}) =>
  `<response><process><status>0</status></process><transaction><transaction_id>${id}</transaction_id><transaction_status><step1><type>${type}</type><error_code>${code}</error_code><amount>${amount}</amount><currency>${currency}</currency><order_id>${order}</order_id></step1>${more}</transaction_status></transaction></response>`

const paid = recordOf([depositIntent()], [credited()])
const check = async (step: Step, record: PaymentRecord = paid) => {
  const { client, sent } = scriptedClient([step])
  const now = () => new Date('2026-11-25T10:00:00.000Z')
  return { result: await crossCheck(client, now)(record, depositRef, new AbortController().signal)(), sent }
}
/** What the record means with what was found. */
const meaning = async (step: Step) => {
  const { result } = await check(step)
  if (isLeft(result) || result.right === null) return null
  const { report, intent, learns } = result.right
  expect([report.vendorId, intent, learns]).toEqual(['104900001', depositRef, false])
  const found = { ...report, rail: 'p', proof: 'lookup' as const, intent }
  return factWords(recordOf(paid.intents, [...paid.reports, found])).filter(
    (one) => !one.startsWith('deposit.credited'),
  )
}
const agrees = ['deposit.checked']
const differs = [expect.stringMatching(/^review lookup_differs/)]

test('a credit that payabl shows alike is checked', async () => {
  expect(await meaning(shows())).toEqual(agrees)
  const { result, sent } = await check(shows())
  expect(result).toMatchObject({
    right: { report: { method: 'check capture', members: { errorcode: '0', order_id: 'trustly-0001' } } },
  })
  expect(sent.map(({ fields }) => fields)).toEqual([{ type: 'tx', transactionid: '104900001' }])
})

test('so is one of which payabl tells neither order nor amount', async () => {
  expect(await meaning(shows({ amount: '', order: '' }))).toEqual(agrees)
})

test('a refund among its steps changes nothing', async () => {
  const more =
    '<step2><type>refund</type><error_code>0</error_code><amount>4.00</amount><currency>EUR</currency></step2>'
  expect(await meaning(shows({ more }))).toEqual(agrees)
})

test.each([
  ['was refunded in part', '0', '4.00'],
  ['had a refund that failed', '-5007', '4.00'],
])(
  'nothing is concluded where one word stands for all steps (res-diagnose-tx-authentic.xml) and it %s',
  async (_, code, amount) => {
    const more = `<step2><type>invoice</type><error_code>${code}</error_code><amount>${amount}</amount><currency>EUR</currency></step2>`
    expect((await check(shows({ type: 'invoice', more }))).result).toEqual({ _tag: 'Right', right: null })
    expect(await meaning(shows({ type: 'invoice' }))).toEqual(agrees)
    const others: readonly Shown[] = [{ amount: '1.00' }, { code: '-5002' }, { amount: '1.00', more }]
    for (const shown of others) expect(await meaning(shows({ type: 'invoice', ...shown }))).toEqual(differs)
  },
)

test.each<[string, Shown]>([
  ['another amount', { amount: '1.00' }],
  ['another currency', { currency: 'SEK' }],
  ['another order', { order: 'trustly-0002' }],
  ['a failure', { code: '-5002' }],
])('%s differs, and needs review', async (_, shown) => {
  expect(await meaning(shows(shown))).toEqual(differs)
})

test.each<[string, Shown]>([
  ['another transaction', { id: '5' }],
  ['a pending one', { code: '2000' }],
])('%s proves nothing', async (_, shown) => {
  expect((await check(shows(shown))).result).toEqual({ _tag: 'Right', right: null })
})

test('nothing is asked where nothing was credited', async () => {
  const { result, sent } = await check(shows(), recordOf([depositIntent()], [unproven({ payment_state: 'credited' })]))
  expect(result).toEqual({ _tag: 'Right', right: null })
  expect(sent).toEqual([])
})

test('a lost answer is an error, not a difference', async () => {
  expect((await check({ lost: 'timeout' })).result).toMatchObject({ left: { code: 'no_valid_response' } })
})

test('the same shown again is the same report, and another content another one', async () => {
  const idOf = async (shown?: Shown) => {
    const { result } = await check(shows(shown))
    return isLeft(result) ? null : result.right?.report.id
  }
  expect(await idOf()).toBe(await idOf())
  for (const shown of [{ amount: '1.00' }, { order: 'trustly-0002' }, { code: '-5002' }])
    expect(await idOf(shown)).not.toBe(await idOf())
})

import type { Observation, Thread } from '@railswitch/core'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { credited, depositRecord, depositRef, threadOf } from '../__fixtures__/thread.ts'
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

const check = async (step: Step, thread: Thread = threadOf([depositRecord()], [credited()])) => {
  const { client, sent } = scriptedClient([step])
  const now = () => new Date('2026-11-25T10:00:00.000Z')
  return { result: await crossCheck(client, now)(thread, depositRef, new AbortController().signal)(), sent }
}
const observed = (fact: Observation['fact']) => ({
  right: { fact, source: 'lookup', trust: 'bound', vendorId: '104900001', subject: depositRef },
})

test('a credit that payabl shows alike is checked', async () => {
  const { result, sent } = await check(shows())
  expect(result).toMatchObject(observed({ type: 'deposit.checked' }))
  expect(sent.map(({ fields }) => fields)).toEqual([{ type: 'tx', transactionid: '104900001' }])
})

test('so is one of which payabl tells neither order nor amount', async () => {
  expect((await check(shows({ amount: '', order: '' }))).result).toMatchObject(observed({ type: 'deposit.checked' }))
})

test('a refund among its steps changes nothing', async () => {
  const more =
    '<step2><type>refund</type><error_code>0</error_code><amount>4.00</amount><currency>EUR</currency></step2>'
  expect((await check(shows({ more }))).result).toMatchObject(observed({ type: 'deposit.checked' }))
})

test.each([
  ['was refunded in part', '0', '4.00'],
  ['had a refund that failed', '-5007', '4.00'],
])(
  'nothing is concluded where one word stands for all steps (res-diagnose-tx-authentic.xml) and it %s',
  async (_, code, amount) => {
    const more = `<step2><type>invoice</type><error_code>${code}</error_code><amount>${amount}</amount><currency>EUR</currency></step2>`
    expect((await check(shows({ type: 'invoice', more }))).result).toEqual({ _tag: 'Right', right: null })
    expect((await check(shows({ type: 'invoice' }))).result).toMatchObject(observed({ type: 'deposit.checked' }))
    const others: readonly Shown[] = [{ amount: '1.00' }, { code: '-5002' }, { amount: '1.00', more }]
    for (const shown of others)
      expect((await check(shows({ type: 'invoice', ...shown }))).result).toMatchObject(
        observed({ type: 'unexplained', reason: 'lookup_differs' }),
      )
  },
)

test.each<[string, Shown]>([
  ['another amount', { amount: '1.00' }],
  ['another currency', { currency: 'SEK' }],
  ['another order', { order: 'trustly-0002' }],
  ['a failure', { code: '-5002' }],
])('%s differs, and a person must look', async (_, shown) => {
  expect((await check(shows(shown))).result).toMatchObject(observed({ type: 'unexplained', reason: 'lookup_differs' }))
})

test.each<[string, Shown]>([
  ['another transaction', { id: '5' }],
  ['a pending one', { code: '2000' }],
])('%s proves nothing', async (_, shown) => {
  expect((await check(shows(shown))).result).toEqual({ _tag: 'Right', right: null })
})

test('nothing is asked where nothing was credited', async () => {
  const { result, sent } = await check(shows(), threadOf([depositRecord()], [{ ...credited(), trust: 'claimed' }]))
  expect(result).toEqual({ _tag: 'Right', right: null })
  expect(sent).toEqual([])
})

test('a lost answer is an error, not a difference', async () => {
  expect((await check({ lost: 'timeout' })).result).toMatchObject({ left: { code: 'answer_lost' } })
})

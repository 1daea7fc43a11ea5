import { keys } from '../../__fixtures__/keys.ts'
import { call, depositFields, isSecured, paymentOf, placeDeposit, startShop } from '../../__fixtures__/payabl/shop.ts'
import { type ChaosKind, type ChaosRule, type Sandbox, startSandbox } from '../../index.ts'

// `security` is checked by the shop of the fixtures, after section 4 of protocol/payabl.md.

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
  shop = await startShop()
})

beforeEach(() => {
  shop.received.splice(0)
  sandbox.chaos.set({ rules: [] })
})

afterAll(async () => {
  await sandbox.close()
  await shop.close()
})

const answerUnder = (kind: ChaosKind, fields = depositFields()) => {
  sandbox.chaos.set({ rules: [{ do: kind, on: 'call', vendor: 'payabl' }] })
  return call(sandbox, 'payment_preauthorize', fields)
}

const callbacksUnder = async (...rules: Array<Partial<ChaosRule> & Pick<ChaosRule, 'do'>>) => {
  const { id } = await placeDeposit(sandbox, { notification_url: shop.url })
  sandbox.chaos.set({ rules: rules.map((rule) => ({ on: 'callback', ...rule })) })
  sandbox.payabl.accept(id)
  sandbox.payabl.credit(id)
  await sandbox.payabl.idle()
  return { id, received: shop.received }
}

const isGenuine = (notified: (typeof shop.received)[number]) => isSecured(notified, sandbox.payabl.merchant.secret)

test('the answer is lost after the payment was made', async () => {
  await expect(answerUnder('drop', depositFields({ orderid: 'lost' }))).rejects.toThrow('fetch failed')
  const made = sandbox.payabl.books().payments.flatMap(({ transactions }) => transactions)
  expect(made.filter(({ orderid }) => orderid === 'lost')).toHaveLength(1)
})

test.each<[ChaosKind, Record<string, unknown>]>([
  ['tampered-field', { amount: '910.00', price: '10.00' }],
  ['unknown-fields', { futurefield: 'new' }],
  ['nulls', { errormessage: '', errmsg: '', orderid: '', user_id: '', amount: '10.00', currency: 'EUR' }],
  ['escapes', { amount: '10.00' }],
])('an answer with %s', async (kind, fields) => {
  expect(await answerUnder(kind)).toMatchObject({ status: '2000', ...fields })
})

test('fields in another order', async () => {
  expect(Object.keys(await answerUnder('shuffled-members')).at(-1)).toBe('transactionid')
})

test('the customer pays and the callback comes before the answer', async () => {
  const { transactionid = '' } = await answerUnder('callback-first', depositFields({ notification_url: shop.url }))
  expect(shop.received.map(({ fields }) => fields.payment_state)).toEqual(['credited'])
  expect(paymentOf(sandbox, transactionid)?.transactions[0]?.state).toBe('credited')
})

test('a wrong security must not be acknowledged', async () => {
  const { id, received } = await callbacksUnder({ do: 'bad-signature', nth: 2 })
  expect(received.map(isGenuine)).toEqual([true, false])
  const attempts = paymentOf(sandbox, id)?.transactions.flatMap(({ notifications }) => notifications)
  expect(JSON.stringify(attempts)).toMatch(/chaos: bad-signature, and the answer acknowledges it all the same/)
})

test('security does not cover the amount: only comparing it helps', async () => {
  const { received } = await callbacksUnder({ do: 'tampered-field', nth: 2 })
  expect(received.map(({ fields }) => fields.amount)).toEqual(['10.00', '910.00'])
  expect(received.map(isGenuine)).toEqual([true, true])
})

test.each<[ChaosKind, RegExp]>([
  ['shuffled-members', /orderid=[^&]*&errorcode=/],
  ['escapes', /%73%65%63%75%72%69%74%79=/],
  ['unknown-fields', /futurefield=new/],
  ['nulls', /errormessage=&.*orderid=&/],
])('a genuine callback in another dress: %s', async (kind, dress) => {
  const { received } = await callbacksUnder({ do: kind })
  expect(received.map(isGenuine)).toEqual([true, true])
  // Every notification begins with another field: what matters is what follows what, in the circle.
  for (const { body } of received) expect(`${body}&${body}`).toMatch(dress)
})

test('a notification of an unknown type comes besides, well signed', async () => {
  const { received } = await callbacksUnder({ do: 'unknown-method', method: 'capture', nth: 1 })
  expect(received.map(({ fields }) => fields.type)).toEqual(['future', 'capture', 'capture'])
  expect(received.map(isGenuine)).toEqual([true, true, true])
})

test('callbacks twice, and in another order', async () => {
  const twice = await callbacksUnder({ do: 'duplicate', nth: 2 })
  expect(twice.received.map(({ fields }) => fields.payment_state)).toEqual(['not_credited_yet', 'credited', 'credited'])
  shop.received.splice(0)
  const turned = await callbacksUnder({ do: 'reorder', nth: 1 })
  expect(turned.received.map(({ fields }) => fields.payment_state)).toEqual(['credited', 'not_credited_yet'])
})

test('the bank takes the money back days later', async () => {
  const { id } = await callbacksUnder({ do: 'late-debit', nth: 2, days: 2 })
  await sandbox.clock.move(2.1 * 86_400_000)
  expect(paymentOf(sandbox, id)?.transactions.map(({ type }) => type)).toContain('chb')
})

import { fact } from '../../__fixtures__/bank.ts'
import { account, deposit, refOf, refused, report } from '../../__fixtures__/records.ts'
import type { ReportOrigin } from '../ownership.ts'
import { leaseMs, order, storeWith, tokenOf } from './__fixtures__/store-with.ts'

test('erases who a payment is for', async () => {
  const { store, begin, callback } = storeWith([])
  const accountIntent = account().intent
  await begin({ ...accountIntent, settings: { ...accountIntent.settings, customerId: 'c-77' } })
  await callback('n-1', { members: { accountid: '88' } }, { token: tokenOf(accountIntent) })
  expect(await store.erasePersonalData('account-1')).toBe(true)
  const stored = JSON.stringify(await store.find('account-1'))
  for (const erased of ['c-77', '88']) expect(stored).not.toContain(erased)
  expect(await store.erasePersonalData('order-9')).toBe(false)
})

test('lists the records that need a manual review, and no others', async () => {
  const unexpected = fact('review', { reason: 'unexpected_credit', evidence: ['n-1'] })
  const { paid, begin, store, rules } = storeWith([unexpected])
  await paid()
  await begin({ ...order, reference: 'order-2' })
  const found: string[] = []
  for await (const { intents } of store.reviews(rules)) found.push(...intents.map(({ intent }) => intent.reference))
  expect(found).toEqual(['order-1'])
})

test('is not durable, has no record for an unknown key, and stores nothing for an unknown intent', async () => {
  const { store, rules } = storeWith()
  const from: ReportOrigin = {
    type: 'own',
    intent: refOf(deposit({ conclude: refused })),
    proof: 'lookup',
    learns: false,
  }
  const { intent: _intent, proof: _proof, ...arriving } = report('n-1', 'credit')
  expect(store.durable).toBe(false)
  expect(await store.claimRecord('record-9', leaseMs, rules)).toBeNull()
  expect(await store.find('order-1')).toBeNull()
  await expect(store.claim({ report: arriving, from }, leaseMs, rules)).rejects.toThrow('There is no intent')
  await expect(
    store.claim({ report: arriving, from: { type: 'unowned', record: 'x' } }, leaseMs, rules),
  ).rejects.toThrow('There is no record x.')
})

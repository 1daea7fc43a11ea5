import { creditOf, depositOf, requestOf, rules } from '../__fixtures__/material.ts'
import { type EmbeddedStore, embeddedStore } from '../embedded.ts'

let store: EmbeddedStore
beforeAll(() => {
  store = embeddedStore()
})
afterAll(() => store.close())

test('lists every payment once, the newest first, over several pages, and no reports of unknown orders', async () => {
  const references = Array.from({ length: 101 }, (_, index) => `order-${index}`)
  for (const reference of references) await store.begin(requestOf(depositOf(reference)), rules)
  await store.claim(creditOf('n-1', 'somebody-elses'), 1_000, rules)
  const listed: string[] = []
  for await (const { intents } of store.list()) listed.push(intents[0]?.intent.reference ?? '')
  expect(listed).toEqual(references.toReversed())
})

test('reads no further than it is asked', async () => {
  for await (const { intents } of store.list()) {
    expect(intents[0]?.intent.reference).toBe('order-100')
    break
  }
})

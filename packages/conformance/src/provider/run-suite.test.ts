import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { runBehaviour } from './run-suite.ts'

test('a provider whose calls never end fails, and the suite goes on', async () => {
  const behaviour = { id: 'END-000', says: '', because: '', run: () => new Promise<void>(() => {}) }
  const why = 'it has not ended within 0.01 seconds'
  expect(await runBehaviour(payablUnderTest, behaviour, 10)).toEqual({ result: 'failed', why })
})

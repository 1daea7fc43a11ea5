import { fact } from '../__fixtures__/bank.ts'
import { factsOf } from './fact.ts'

test('facts are selected by their types and keep their order', () => {
  const [credited, ended, reversed] = [
    fact('deposit.credited'),
    fact('deposit.not_credited'),
    fact('deposit.reversed'),
  ] as const
  expect(factsOf([reversed, ended, credited], 'deposit.credited', 'deposit.reversed')).toEqual([reversed, credited])
  expect(factsOf([reversed, ended, credited], 'payout.failed')).toEqual([])
})

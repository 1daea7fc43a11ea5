import { fact } from '../__fixtures__/bank.ts'
import { account, deposit, payout, recordOf, refOf, refused, report } from '../__fixtures__/records.ts'
import type { Fact, MandateState } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { deriveAccount, receivedAccountOf } from './account-state.ts'
import { isDepositState, paymentStateOf } from './payment-state.ts'

const first = account()
const second = account({ attempt: 2 })
const received = (number: string, mandate: MandateState | null, one = first, key = number): Fact =>
  fact('account.received', { intent: refOf(one), account: number, mandate, key })
const left = (one = first): Fact => fact('account.not_received', { intent: refOf(one), reason: 'abandoned' })
const derive = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  deriveAccount(recordOf(intents), facts)

test('an account is pending after its call', () => {
  expect(derive([first])).toEqual({
    kind: 'account',
    ref: refOf(first),
    reference: 'account-1',
    state: 'pending',
    account: null,
    mandate: null,
    attempts: [{ ref: refOf(first), ending: null, state: 'pending', account: null, mandate: null }],
    at: '2026-01-01T00:00:00.000Z',
  })
})

test('a chosen account is received, even if the customer left another page', () => {
  expect(derive([first], received('8', 'active'), left())).toMatchObject({
    state: 'received',
    account: '8',
    mandate: 'active',
  })
})

test.each<readonly [string, RecordedIntent, readonly Fact[]]>([
  ['whose customer left', first, [left()]],
  ['whose call was refused', account({ conclude: refused }), []],
])('an account %s is not received', (_name, one, facts) => {
  expect(derive([one], ...facts)).toMatchObject({
    state: 'not_received',
    account: null,
    attempts: [{ ending: facts[0] ?? null }],
  })
})

test.each<readonly [string, readonly Fact[], RecordedIntent, string]>([
  ['the newest, among equals', [], second, 'pending'],
  ['an open one, rather than one that the customer left', [left(second)], first, 'pending'],
  ['a received one, rather than an open one', [received('8', null)], first, 'received'],
])('the attempt that counts is %s', (_name, facts, one, state) => {
  expect(derive([first, second], ...facts)).toMatchObject({ ref: refOf(one), state })
})

const order: readonly (MandateState | null)[] = ['moved', 'revoked', null, 'pending', 'active']
test.each(order.slice(1).map((mandate, index) => [mandate, order[index] ?? null] as const))(
  'an account with the mandate %s takes precedence over one with %s',
  (better, worse) => {
    const facts = [received('1', better), received('2', worse)]
    expect(receivedAccountOf(facts, refOf(first))).toBe(facts[0])
    expect(receivedAccountOf([...facts].reverse(), refOf(first))).toBe(facts[0])
  },
)

test('among equals, the one with the last key counts', () => {
  const facts = [received('1', null, first, 'b'), received('2', null, first, 'a')]
  expect(receivedAccountOf(facts, refOf(first))).toBe(facts[0])
  expect(receivedAccountOf([...facts].reverse(), refOf(first))).toBe(facts[0])
})

test('an account of another intent does not count', () => {
  expect(receivedAccountOf([received('1', null, second)], refOf(first))).toBeNull()
  expect(derive([first, second], received('1', null, second))?.attempts.map(({ account: one }) => one)).toEqual([
    null,
    '1',
  ])
})

test('`at` is the time of the newest report', () => {
  const reports = [report('a', 'account', { at: '2026-01-05T00:00:00.000Z' }), report('b', 'account')]
  expect(deriveAccount(recordOf([first], { reports }), [])?.at).toBe('2026-01-05T00:00:00.000Z')
})

test('the state of a record is a deposit, money out, an account or null', () => {
  const states = [deposit(), payout(), first].map((one) => paymentStateOf(recordOf([one]), []))
  expect(states.map((state) => state && isDepositState(state))).toEqual([true, false, false])
  expect(states.map((state) => state?.ref)).toEqual([deposit(), payout(), first].map(refOf))
  expect(paymentStateOf(recordOf([]), [])).toBeNull()
  expect(derive([deposit()])).toBeNull()
})

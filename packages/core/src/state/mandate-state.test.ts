import { fact } from '../__fixtures__/bank.ts'
import { deposit, mandate, recordOf, refOf, refused } from '../__fixtures__/records.ts'
import type { Fact, MandateEnding } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { deriveMandate } from './mandate-state.ts'
import { isDepositState, isWithoutMoney, paymentStateOf } from './payment-state.ts'

const first = mandate()
const second = mandate({ attempt: 2 })
const pending = (account = '8', one = first): Fact => fact('mandate.pending', { intent: refOf(one), account })
const active = (account = '8', one = first): Fact => fact('mandate.active', { intent: refOf(one), account })
const moved = (at = '2026-02-01T00:00:00.000Z', one = first): Fact =>
  fact('mandate.moved', { intent: refOf(one), account: '8', to: null, at })
const revoked = (reason: MandateEnding = 'cancelled', one = first, at = '2026-03-01T00:00:00.000Z'): Fact =>
  fact('mandate.revoked', { intent: refOf(one), reason, at })
const derive = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  deriveMandate(recordOf(intents), facts)

test('a mandate is pending after its call', () => {
  const attempt = { ref: refOf(first), state: 'pending', account: null, reason: null }
  expect(derive([first])).toEqual({
    kind: 'mandate',
    reference: 'mandate-1',
    ...attempt,
    attempts: [{ ...attempt, isSigned: false, inactiveSince: null }],
    at: '2026-01-01T00:00:00.000Z',
  })
})

test.each<readonly [string, readonly Fact[], object]>([
  ['signed', [pending()], { state: 'pending', account: '8', isSigned: true }],
  ['registered', [pending(), active()], { state: 'active', account: '8', isSigned: true }],
  ['registered at another bank', [moved(), active('9')], { state: 'active', account: '9', inactiveSince: null }],
  ['left', [pending(), moved()], { state: 'moved', account: null, inactiveSince: '2026-02-01T00:00:00.000Z' }],
  [
    'ended',
    [active(), moved(), revoked()],
    { state: 'revoked', account: null, reason: 'cancelled', isSigned: true, inactiveSince: '2026-03-01T00:00:00.000Z' },
  ],
  ['not signed', [revoked('abandoned')], { state: 'revoked', reason: 'abandoned', isSigned: false }],
])('a mandate that is %s', (_name, facts, attempt) => {
  const derived = derive([first], ...facts)
  expect(derived?.attempts).toMatchObject([attempt])
  expect(derive([first], ...[...facts].reverse())).toEqual(derived)
})

test('a mandate has ended when its end was first reported', () => {
  const later = revoked('failed', first, '2026-04-01T00:00:00.000Z')
  expect(derive([first], later, revoked())?.attempts).toMatchObject([
    { reason: 'cancelled', inactiveSince: '2026-03-01T00:00:00.000Z' },
  ])
})

test('a mandate whose call was refused cannot be charged, whatever is reported', () => {
  expect(derive([mandate({ conclude: refused })], active())).toMatchObject({ state: 'revoked', reason: 'refused' })
})

test.each<readonly [string, readonly Fact[], RecordedIntent]>([
  ['the newest, among equals', [], second],
  ['an open one, rather than a revoked one', [revoked('abandoned', second)], first],
  ['an active one, rather than a moved one', [moved(), active('9', second)], second],
])('the attempt that counts is %s', (_name, facts, one) => {
  expect(derive([first, second], ...facts)).toMatchObject({ ref: refOf(one) })
})

test('a mandate is a payment without money, and no deposit is a mandate', () => {
  const state = paymentStateOf(recordOf([first]), [])
  expect(state && [isWithoutMoney(state), isDepositState(state)]).toEqual([true, false])
  expect(derive([deposit()])).toBeNull()
})

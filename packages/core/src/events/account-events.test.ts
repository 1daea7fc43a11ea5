import type { PaymentRef } from '../payment-ref.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { compareEmitted } from './compare-emitted.ts'
import type { DerivedEvent } from './derived-event.ts'

const payment = 'rs1.bank.account.account-1.1' as PaymentRef

const received = (account: string, state: string, ...evidence: readonly string[]): DerivedEvent => ({
  event: {
    type: 'account.received',
    id: `${payment}:account.received:${account}:${state}`,
    payment,
    reference: 'account-1',
    at: '2026-01-02T00:00:00.000Z',
    account,
    mandate: state === 'active',
    now: null,
  },
  evidence,
})

const emittedAs = ({ event, evidence }: DerivedEvent): EmittedEvent => ({
  id: event.id,
  type: event.type,
  payment,
  answer: 'ok',
  evidence,
})

const pendingAfter = (derived: readonly DerivedEvent[], emitted: readonly DerivedEvent[]) =>
  compareEmitted(derived, emitted.map(emittedAs)).pending

test('one report that revokes two accounts is emitted of both', () => {
  const [first, second] = [received('11', 'revoked', 'cancel'), received('22', 'revoked', 'cancel')]
  expect(pendingAfter([first, second], [first])).toEqual([second])
  expect(pendingAfter([first, second], [second])).toEqual([first])
  expect(pendingAfter([first, second], [first, second])).toEqual([])
})

test('an account whose number begins like another’s is another account', () => {
  const [first, second] = [received('11', 'moved', 'switch'), received('111', 'active', 'switch')]
  expect(pendingAfter([first, second], [second])).toEqual([first])
})

test('the same report of one account is emitted once, whatever is read from it', () => {
  expect(pendingAfter([received('11', 'active', 'a')], [received('11', 'pending', 'a')])).toEqual([])
})

test('an account whose id was erased is not emitted again', () => {
  expect(pendingAfter([received('', 'active', 'a')], [received('11', 'active', 'a')])).toEqual([])
})

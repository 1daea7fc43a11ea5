import { account as accountIntent, recordOf, refOf } from '../__fixtures__/records.ts'
import type { FactOf } from '../record/fact.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { compareEmitted } from './compare-emitted.ts'
import { deriveEvents } from './derive-events.ts'
import type { DerivedEvent } from './derived-event.ts'

const payment = 'rs1.bank.account.account-1.1' as PaymentRef

const received = (key: string, state: string, ...evidence: readonly string[]): DerivedEvent => ({
  event: {
    type: 'account.received',
    id: `${payment}:account.received:${key}:${state}`,
    payment,
    reference: 'account-1',
    at: '2026-01-02T00:00:00.000Z',
    account: '11',
    mandate: state === 'active',
    now: null,
  },
  evidence,
  separate: true,
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

test('one report that revokes two accounts is one event for each', () => {
  const [first, second] = [received('r-1', 'revoked', 'cancel'), received('r-2', 'revoked', 'cancel')]
  expect(pendingAfter([first, second], [first])).toEqual([second])
  expect(pendingAfter([first, second], [second])).toEqual([first])
  expect(pendingAfter([first, second], [first, second])).toEqual([])
})

test('accounts are different even if one key is a prefix of the other', () => {
  const [first, second] = [received('r-1', 'moved', 'switch'), received('r-11', 'active', 'switch')]
  expect(pendingAfter([first, second], [second])).toEqual([first])
})

test('a report of an account is emitted once, however it is interpreted', () => {
  expect(pendingAfter([received('r-1', 'active', 'a')], [received('r-1', 'pending', 'a')])).toEqual([])
})

test('an account is not emitted again when an earlier report of it is found', () => {
  expect(pendingAfter([received('r-0', 'active', 'a', 'r-0')], [received('r-1', 'active', 'a')])).toEqual([])
})

describe('the event of an account', () => {
  const account = accountIntent()
  const intent = refOf(account)
  const fact = (given: Partial<FactOf<'account.received'>>): FactOf<'account.received'> => ({
    type: 'account.received',
    intent,
    vendorId: 'order-7',
    at: '2026-01-02T00:00:00.000Z',
    evidence: ['n-1'],
    source: 'vendor',
    key: 'n-1',
    account: '8812345678',
    mandate: null,
    ...given,
  })
  const eventsOf = (...facts: readonly FactOf<'account.received'>[]) => deriveEvents(recordOf([account]), facts)

  test.each([
    [null, false, 'none'],
    ['pending', false, 'pending'],
    ['active', true, 'active'],
    ['moved', false, 'moved'],
    ['revoked', false, 'revoked'],
  ] as const)(
    'with the mandate %s contains whether the account may be charged, and its id does not contain the account',
    (mandate, is, name) => {
      expect(eventsOf(fact({ mandate }))).toEqual([
        {
          event: {
            type: 'account.received',
            id: `${intent}:account.received:n-1:${name}`,
            payment: intent,
            reference: 'account-1',
            at: '2026-01-02T00:00:00.000Z',
            account: '8812345678',
            mandate: is,
            now: { state: 'received', net: { value: '0', currency: 'XXX' } },
          },
          evidence: ['n-1'],
          separate: true,
        },
      ])
    },
  )

  test('has the same id after the account is erased', () => {
    const [before] = eventsOf(fact({ mandate: 'active' }))
    const [after] = eventsOf(fact({ mandate: 'active', account: '' }))
    expect(after?.event.id).toBe(before?.event.id)
    expect(pendingAfter(after ? [after] : [], before ? [before] : [])).toEqual([])
  })

  test('is one event for each account, with the evidence of all its facts, each once', () => {
    const events = eventsOf(
      fact({ evidence: ['a', 'b'] }),
      fact({ evidence: ['b', 'c'] }),
      fact({ account: '9', key: 'n-2', evidence: ['b'] }),
    )
    expect(events.map(({ evidence }) => evidence)).toEqual([['a', 'b', 'c'], ['b']])
  })
})

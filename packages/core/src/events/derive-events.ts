import type { Fact } from '../record/fact.ts'
import { noMoney } from '../record/intent.ts'
import type { PaymentNow } from '../record/payment-event.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { netOf } from '../state/deposit-state.ts'
import { isDepositState, isWithoutMoney, type PaymentState, paymentStateOf } from '../state/payment-state.ts'
import type { PayoutState } from '../state/payout-state.ts'
import { fromMinorUnits, type Money } from '../values/money.ts'
import { compare } from '../values/sort-and-group.ts'
import { depositEvents } from './deposit-events.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'
import { mandateEvents } from './mandate-events.ts'
import { accountEnding, otherEvents } from './other-events.ts'
import { payoutEvents } from './payout-events.ts'

/** All events that follow from the reports of a record, in the order in which they happened. Reviews are derived from them. */
export const deriveEvents = (record: PaymentRecord, facts: readonly Fact[]): readonly DerivedEvent[] => {
  const state = paymentStateOf(record, facts)
  if (!state) return []
  const context: EventContext = { reference: state.reference, now: paymentNowOf(state) }
  // Events with the same time and rank keep their order: one transaction is reversed before the next one is credited.
  return [
    ...eventsOfState(state, record, context),
    ...mandateEvents(facts, context),
    ...otherEvents(facts, context),
  ].sort(({ event: a }, { event: b }) => compare(a.at, b.at) || rankOf(a.type) - rankOf(b.type))
}

const eventsOfState = (
  state: PaymentState,
  { emitted }: PaymentRecord,
  context: EventContext,
): readonly DerivedEvent[] => {
  if (isDepositState(state)) return depositEvents(state, emitted, context)
  if (state.kind === 'account') return accountEnding(state, context)
  return state.kind === 'mandate' ? [] : payoutEvents(state, context)
}

/** The order of events with the same time. */
const order: readonly DerivedEvent['event']['type'][] = [
  'kyc.received',
  'account.received',
  'mandate.pending',
  'mandate.moved',
  'mandate.active',
  'deposit.not_credited_yet',
  'deposit.credited',
  'withdrawal.requested',
  'refund.confirmed',
  'payout.confirmed',
]

const rankOf = (type: DerivedEvent['event']['type']): number => {
  const rank = order.indexOf(type === 'deposit.reversed' ? 'deposit.credited' : type)
  return rank < 0 ? order.length : rank
}

const isOut: ReadonlySet<PayoutState> = new Set(['accepted', 'unknown', 'confirmed'])

/** The state and net amount that every event of a payment contains. */
export const paymentNowOf = (state: PaymentState): PaymentNow => {
  if (isDepositState(state)) return { state: state.state, net: netOf(state) }
  if (isWithoutMoney(state)) return { state: state.state, net: noMoney }
  return { state: state.state, net: isOut.has(state.state) ? state.amount : zeroOf(state.amount) }
}

const zeroOf = ({ currency }: Money): Money => fromMinorUnits(0n, currency)

import type { Payout, PayoutAttempt } from '../state/payout-state.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'

/** All events that follow from the reports of a payout or withdrawal, in the order in which its money moves. */
export const payoutEvents = ({ attempts }: Payout, context: EventContext): readonly DerivedEvent[] =>
  attempts.flatMap((attempt) => {
    const { ref: payment, amount, confirmedBy, request, confirmations, failures } = attempt
    const base = { payment, ...context, amount }
    const [requestAt, paidAt] = [request?.at ?? '', earliest(confirmations)]
    const events: DerivedEvent[] = []
    if (request)
      events.push({
        event: { ...base, type: 'withdrawal.requested', id: `${payment}:withdrawal.requested`, at: request.at },
        evidence: request.evidence,
        money: amount,
      })
    if (confirmedBy)
      events.push({
        event: {
          ...base,
          type: 'payout.confirmed',
          id: `${payment}:payout.confirmed`,
          at: later(paidAt, requestAt),
          by: confirmedBy,
        },
        evidence: confirmations.flatMap(({ evidence }) => evidence),
        money: amount,
      })
    if (returnsMoney(attempt))
      events.push({
        event: {
          ...base,
          type: 'payout.failed',
          id: `${payment}:payout.failed`,
          at: later(earliest(failures), later(paidAt, requestAt)),
        },
        evidence: failures.flatMap(({ evidence }) => evidence),
        money: amount,
      })
    return events
  })

/**
 * Whether `payout.failed` is emitted. A refused call has already been rejected, so it gets no event unless it was paid all the same. A
 * withdrawal returns only money that the application has reserved.
 */
const returnsMoney = ({ refused, failures, kind, reserved, confirmedBy }: PayoutAttempt): boolean =>
  failures.length > 0 && (kind === 'payout' ? !refused || confirmedBy !== null : reserved === true)

const earliest = (facts: readonly { readonly at: string }[]): string => facts.map(({ at }) => at).sort()[0] ?? ''

const later = (a: string, b: string): string => (a > b ? a : b)

import type { Payout, PayoutAttempt } from '../state/payout-state.ts'
import type { DerivedEvent, EventContext } from './derived-event.ts'

/** Every event that the reports of a payout or withdrawal imply, in the order in which its money moves. */
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
    if (givesBack(attempt))
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
 * A call that was refused rejected there and then, unless it was paid all the same; of a withdrawal, only money that the
 * application has reserved is back.
 */
const givesBack = ({ refused, failures, kind, reserved, confirmedBy }: PayoutAttempt): boolean =>
  failures.length > 0 && (kind === 'payout' ? !refused || confirmedBy !== null : reserved === true)

const earliest = (facts: readonly { readonly at: string }[]): string => facts.map(({ at }) => at).sort()[0] ?? ''

const later = (a: string, b: string): string => (a > b ? a : b)

import type { RecordedCall } from '../calls/recorded-call.ts'
import type { TrustlyRequest } from '../trustly/api/call-log.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import type { CallRow, PaymentLink } from './operator-view.ts'

/** A call of Trustly's API in a list. */
export const toCall = (
  { id, names, entry }: RecordedCall<TrustlyRequest>,
  { ledger }: StartedTrustly['context'],
): CallRow => {
  const { at, method, orderId, outcome, error, hint, answerDropped } = entry
  return {
    id,
    at,
    what: method ?? 'no readable call',
    outcome: error ? `${error.code} ${error.name}` : outcome,
    tone: error ? 'bad' : 'good',
    hint,
    answerDropped,
    names,
    payment: paymentOf(names, orderId, ledger),
  }
}

const paymentOf = (
  names: readonly string[],
  orderId: string | null,
  ledger: StartedTrustly['context']['ledger'],
): PaymentLink | undefined => {
  const order = ledger.find(orderId ?? '') ?? names.flatMap((name) => ledger.withMessage(name))[0]
  return order && { id: order.orderId, reference: order.terms.messageId }
}

import type { RecordedCall } from '../calls/recorded-call.ts'
import type { PayablRequest } from '../payabl/api/call-log.ts'
import type { StartedPayabl } from '../payabl/payabl.ts'
import type { Payment } from '../payabl/state/payment.ts'
import { toBytes, toText } from '../payabl/wire/form.ts'
import type { CallRow, PaymentLink } from './operator-view.ts'

/** A request to payabl's API in a list. */
export const toCall = (
  { id, names, entry }: RecordedCall<PayablRequest>,
  { ledger }: StartedPayabl['context'],
): CallRow => {
  const { at, action, status, hint, answerDropped } = entry
  return {
    id,
    at,
    what: action,
    outcome: `status ${status}`,
    tone: status === 0 || status === 2000 ? 'good' : 'bad',
    hint,
    answerDropped,
    names,
    payment: paymentOf(names, ledger),
  }
}

// A transaction id is the vendor's own; the orderid may be that of several payments.
const paymentOf = (names: readonly string[], ledger: StartedPayabl['context']['ledger']): PaymentLink | undefined => {
  const byId = names.flatMap((name) => ledger.find(name)?.payment ?? [])
  const [payment] = [...byId, ...names.flatMap((name) => ledger.withOrder(toBytes(name, 'utf8')))]
  return payment && linkOf(payment)
}

export const linkOf = ({ paymentId, orderid }: Payment): PaymentLink => ({ id: paymentId, reference: toText(orderid) })

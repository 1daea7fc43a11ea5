import { balanceOf } from '../payabl/books.ts'
import type { StartedPayabl } from '../payabl/payabl.ts'
import type { Payment } from '../payabl/state/payment.ts'
import { toBytes } from '../payabl/wire/form.ts'
import { toCallEntry, toCallView } from './call-view.ts'
import { toDeliveryEntry, toDeliveryView } from './delivery-view.ts'
import { createEntries } from './entries.ts'
import type { OperatorView } from './operator-view.ts'
import { act } from './payabl-actions.ts'
import { linkOf, toCall } from './payabl-call.ts'
import { tones, toPayment, toPaymentEntry } from './payabl-payment.ts'

/** payabl's data for the operator. */
export const createPayablView = (payabl: StartedPayabl): OperatorView => {
  const { sandbox, merchantIds, context, calls } = payabl
  const { ledger, notifier } = context
  const link = ({ transaction }: { readonly transaction: { readonly payment: Payment } }) => linkOf(transaction.payment)
  const toRow = (call: Parameters<typeof toCall>[0]) => toCall(call, context)
  return {
    id: 'payabl',
    name: 'payabl.',
    url: sandbox.url,
    balances: () => merchantIds.map((merchant) => ({ merchant, money: balanceOf(payabl.account(merchant)) })),
    kinds: ['deposit', 'payout'],
    states: Object.keys(tones),
    payments: createEntries(ledger.all, (payment) => toPaymentEntry(payment, context)),
    callbacks: createEntries(notifier.all, (sent) => toDeliveryEntry(sent, link)),
    calls: createEntries(calls.all, (call) => toCallEntry(call, toRow)),
    payment: (id) => {
      const payment = ledger.findPayment(id) ?? ledger.find(id)?.payment ?? ledger.withOrder(toBytes(id, 'utf8'))[0]
      return payment && toPayment(payment, payabl)
    },
    paymentsOf: (reference) =>
      ledger.withOrder(toBytes(reference, 'utf8')).map((payment) => toPayment(payment, payabl)),
    callback: (id) => {
      const sent = notifier.find(id)
      return sent && toDeliveryView(sent, link(sent))
    },
    call: (id) => {
      const call = calls.find(id)
      return call && toCallView(call, toRow, payabl.signedText(call))
    },
    act: (paymentId, action, amount) => {
      const [first] = ledger.findPayment(paymentId)?.transactions ?? []
      return act(sandbox, { transactionId: first?.transactionId ?? '', action, amount })
    },
    redeliver: sandbox.redeliver,
  }
}

import { readSignedText } from '../trustly/api/call-log.ts'
import { balanceOf } from '../trustly/books.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import { toCallEntry, toCallView } from './call-view.ts'
import { toDeliveryEntry, toDeliveryView } from './delivery-view.ts'
import { createEntries } from './entries.ts'
import type { OperatorView } from './operator-view.ts'
import { act } from './trustly-actions.ts'
import { toCall } from './trustly-call.ts'
import { linkOf, tones, toPayment, toPaymentEntry } from './trustly-payment.ts'

/** Trustly's data for the operator. */
export const createTrustlyView = (trustly: StartedTrustly): OperatorView => {
  const { sandbox, usernames, context, calls } = trustly
  const { ledger, notifier } = context
  const link = ({ orderId }: { readonly orderId: string }) => {
    const order = ledger.find(orderId)
    return order && linkOf(order)
  }
  const toRow = (call: Parameters<typeof toCall>[0]) => toCall(call, context)
  return {
    id: 'trustly',
    name: 'Trustly',
    url: sandbox.url,
    balances: () => usernames.map((merchant) => ({ merchant, money: balanceOf(context, merchant) })),
    kinds: ['deposit', 'charge', 'withdrawal', 'payout', 'selection', 'mandate', 'direct debit', 'direct credit'],
    states: Object.keys(tones),
    payments: createEntries(ledger.all, (order) => toPaymentEntry(order, context)),
    callbacks: createEntries(notifier.all, (sent) => toDeliveryEntry(sent, link)),
    calls: createEntries(calls.all, (call) => toCallEntry(call, toRow)),
    payment: (orderId) => {
      const order = ledger.find(orderId)
      return order && toPayment(order, trustly)
    },
    paymentsOf: (reference) => ledger.withMessage(reference).map((order) => toPayment(order, trustly)),
    callback: (id) => {
      const sent = notifier.find(id)
      return sent && toDeliveryView(sent, link(sent))
    },
    call: (id) => {
      const call = calls.find(id)
      return call && toCallView(call, toRow, readSignedText(call))
    },
    act: (orderId, action, amount) => act(sandbox, { orderId, action, amount }),
    redeliver: sandbox.redeliver,
  }
}

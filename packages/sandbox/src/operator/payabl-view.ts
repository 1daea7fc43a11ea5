import type { Delivery } from '../delivery/delivery.ts'
import type { PayablRequest } from '../payabl/api/call-log.ts'
import type { PayablNotification, PayablPayment, PayablTransaction } from '../payabl/books.ts'
import type { PayablSandbox } from '../payabl/payabl.ts'
import { toDeliveryView } from './delivery-view.ts'
import type { DeliveryView, OperatorView, PaymentAction, PaymentView, RequestView, Tone } from './operator-view.ts'

interface Source {
  readonly sandbox: PayablSandbox
  readonly merchantIds: readonly string[]
  readonly findDelivery: (notificationId: string) => Delivery | undefined
}

/** payabl's data for the operator. */
export const createPayablView = ({ sandbox, merchantIds, findDelivery }: Source): OperatorView => {
  const paymentsOf = (merchant: string) =>
    sandbox.books(merchant).payments.flatMap((payment) => toPayment(payment, { merchant, findDelivery }))
  return {
    id: 'payabl',
    name: 'payabl',
    url: sandbox.url,
    balances: () => merchantIds.map((merchant) => ({ merchant, money: sandbox.books(merchant).balance })),
    payments: () => merchantIds.flatMap(paymentsOf),
    requests: () => sandbox.requests().map(toRequest),
    act: (paymentId, action, amount) => {
      const all = merchantIds.flatMap((merchant) => sandbox.books(merchant).payments)
      const [first] = all.find((payment) => payment.paymentId === paymentId)?.transactions ?? []
      return act(sandbox, { transactionId: first?.transactionId ?? '', action, amount })
    },
    redeliver: sandbox.redeliver,
  }
}

interface RequestedAction {
  readonly transactionId: string
  readonly action: string
  readonly amount: string | undefined
}

const act = (sandbox: PayablSandbox, { transactionId, action, amount }: RequestedAction): unknown => {
  switch (action) {
    case 'accept':
      return sandbox.accept(transactionId)
    case 'credit':
      return sandbox.credit(transactionId)
    case 'fail':
      return sandbox.fail(transactionId)
    case 'abort':
      return sandbox.abort(transactionId)
    case 'refund':
      return sandbox.refundFromDashboard(transactionId, amount)
    case 'pay-out':
      return sandbox.payOutFromDashboard(transactionId, amount ?? '')
    case 'charge-back':
      return sandbox.chargeBack(transactionId, amount)
    case 'fail-payout':
      return sandbox.failPayout(transactionId)
    default:
      throw new Error(`There is no action ${action}.`)
  }
}

interface Owner {
  readonly merchant: string
  readonly findDelivery: Source['findDelivery']
}

/** A payment is shown with the data of its first transaction; the later capture has the same state and amount. */
const toPayment = (
  { paymentId, redirectUrl, transactions }: PayablPayment,
  { merchant, findDelivery }: Owner,
): PaymentView[] => {
  const [first] = transactions
  if (!first) return []
  const { type, state, orderid, amount, currency } = first
  return [
    {
      id: paymentId,
      names: [orderid, ...transactions.map(({ transactionId }) => transactionId)],
      at: first.createdAt,
      merchant,
      kind: type === 'cft' ? 'payout' : 'deposit',
      reference: orderid,
      amount: `${amount} ${currency}`,
      state,
      tone: tones[state],
      since: transactions.flatMap(returnedMoney).join(', '),
      facts: transactions.map((transaction) => [names[transaction.type], factOf(transaction)]),
      checkoutUrl: state === 'pending' ? redirectUrl : null,
      deliveries: transactions.flatMap((transaction) =>
        transaction.notifications.flatMap((notification) => deliveryOf(notification, findDelivery)),
      ),
      actions: actionsOf(first),
    },
  ]
}

const names: Record<PayablTransaction['type'], string> = {
  preauthorization: 'Preauthorization',
  capture: 'Capture',
  refund: 'Refund',
  chb: 'Chargeback',
  cft: 'Payout',
}

const returnedMoney = ({ type, amount, currency }: PayablTransaction): string[] => {
  if (type === 'refund') return [`${amount} ${currency} refunded`]
  return type === 'chb' ? [`${amount} ${currency} charged back`] : []
}

const factOf = ({ transactionId, amount, currency, state }: PayablTransaction): string =>
  `${transactionId}, ${amount} ${currency}, ${state}`

const tones: Record<PayablTransaction['state'], Tone> = {
  pending: 'open',
  not_credited_yet: 'open',
  credited: 'good',
  not_credited: 'bad',
  aborted: 'bad',
  booked: 'good',
  accepted: 'good',
  failed: 'bad',
}

const actionsOf = ({ state }: PayablTransaction): PaymentAction[] => {
  switch (state) {
    case 'pending':
      return [
        { id: 'accept', label: 'The customer pays: accepted' },
        { id: 'credit', label: 'The customer pays: credited' },
        { id: 'abort', label: 'The customer cancels' },
        { id: 'fail', label: 'The bank does not pay' },
      ]
    case 'not_credited_yet':
      return [
        { id: 'credit', label: 'The money arrives' },
        { id: 'fail', label: 'The money never arrives' },
      ]
    case 'credited':
      return [
        { id: 'charge-back', label: 'Charge back', amount: whatIsLeft },
        { id: 'refund', label: 'Refund in the vendor’s dashboard', amount: whatIsLeft },
        payOut,
        { id: 'fail', label: 'Not credited after all' },
      ]
    case 'accepted':
      return [{ id: 'fail-payout', label: 'The payout fails' }, payOut]
    case 'not_credited':
    case 'aborted':
    case 'booked':
    case 'failed':
      return []
    default:
      return state satisfies never
  }
}

const whatIsLeft = { required: false, hint: 'the rest' }

const payOut: PaymentAction = {
  id: 'pay-out',
  label: 'Pay out in the vendor’s dashboard',
  amount: { required: true, hint: 'no more than the balance' },
}

const deliveryOf = (
  { id, type, errorcode, state }: PayablNotification,
  findDelivery: Source['findDelivery'],
): DeliveryView[] =>
  toDeliveryView({ id, what: [type, errorcode, state ?? ''].join(' ').trim(), delivery: findDelivery(id) })

const toRequest = ({
  at,
  action,
  orderid,
  transactionid,
  verdict,
  hint,
  answerDropped,
}: PayablRequest): RequestView => ({
  at,
  what: action,
  verdict: `status ${verdict}`,
  tone: verdict === 0 || verdict === 2000 ? 'good' : 'bad',
  hint,
  answerDropped,
  names: [orderid, transactionid].filter((name) => name !== undefined),
})

import type { Delivery } from '../delivery/delivery.ts'
import type { TrustlyRequest } from '../trustly/api/call-log.ts'
import type { TrustlyNotification, TrustlyOrder } from '../trustly/books.ts'
import type { TrustlySandbox } from '../trustly/trustly.ts'
import { toDeliveryView } from './delivery-view.ts'
import type { DeliveryView, OperatorView, PaymentAction, PaymentView, RequestView, Tone } from './operator-view.ts'

interface Source {
  readonly sandbox: TrustlySandbox
  readonly usernames: readonly string[]
  readonly findDelivery: (notificationId: string) => Delivery | undefined
}

/** Trustly's data for the operator. */
export const createTrustlyView = ({ sandbox, usernames, findDelivery }: Source): OperatorView => {
  const ordersOf = (merchant: string) =>
    sandbox.books(merchant).orders.map((order) => toPayment(order, { merchant, findDelivery }))
  return {
    id: 'trustly',
    name: 'Trustly',
    url: sandbox.url,
    balances: () => usernames.map((merchant) => ({ merchant, money: sandbox.books(merchant).balance })),
    payments: () => usernames.flatMap(ordersOf),
    requests: () => sandbox.requests().map(toRequest),
    act: (orderId, action, amount) => act(sandbox, { orderId, action, amount }),
    redeliver: sandbox.redeliver,
  }
}

const returnRefund = 'return-refund-'

interface RequestedAction {
  readonly orderId: string
  readonly action: string
  readonly amount: string | undefined
}

const act = (sandbox: TrustlySandbox, { orderId, action, amount }: RequestedAction): unknown => {
  const paid = amount === undefined ? {} : { amount }
  switch (action) {
    case 'pending':
      return sandbox.complete(orderId, { notify: ['pending'], ...paid })
    case 'credit':
      return sandbox.complete(orderId, { notify: ['credit'], ...paid })
    case 'cancel':
      return sandbox.cancel(orderId)
    case 'debit':
      return sandbox.debit(orderId, amount)
    case 'ask':
      return sandbox.complete(orderId, paid)
    case 'confirm-payout':
      return sandbox.confirmPayout(orderId)
    case 'fail-payout':
      return sandbox.failPayout(orderId)
    default:
      if (action.startsWith(returnRefund)) return sandbox.returnRefund(orderId, action.slice(returnRefund.length))
      throw new Error(`There is no action ${action}.`)
  }
}

interface Owner {
  readonly merchant: string
  readonly findDelivery: Source['findDelivery']
}

const toPayment = (order: TrustlyOrder, { merchant, findDelivery }: Owner): PaymentView => {
  const { orderId, kind, currency, paid, state, refunds, debits } = order
  const money = (value: string) => `${value} ${currency}`
  const facts: ReadonlyArray<readonly [string, string]> = [
    ['Customer', order.endUserId],
    ...paidLabels[kind].map((label) => [label, paid === null ? 'nothing yet' : money(paid)] as const),
    ...refunds.map((refund) => ['Refund', `${money(refund.amount)}, ${refund.state}`] as const),
    ...debits.map(
      (debit) => ['Taken back', `${money(debit.amount)}, the shop answered ${debit.answer ?? 'nothing yet'}`] as const,
    ),
  ]
  return {
    id: orderId,
    names: [orderId],
    at: order.createdAt,
    merchant,
    kind,
    reference: order.messageId,
    amount: amountOf(order),
    state,
    tone: tones[state],
    since: [
      ...refunds.filter((refund) => refund.state === 'executed').map((refund) => `${money(refund.amount)} refunded`),
      ...debits.map((debit) => `${money(debit.amount)} taken back`),
    ].join(', '),
    facts,
    checkoutUrl: state === 'created' ? order.checkoutUrl : null,
    deliveries: order.notifications.flatMap((notification) => deliveryOf(notification, findDelivery)),
    actions: actionsOf(order),
  }
}

const paidLabels: Record<TrustlyOrder['kind'], readonly string[]> = {
  deposit: ['Paid'],
  charge: ['Paid'],
  withdrawal: ['Requested'],
  payout: [],
  selection: [],
}

const amountOf = ({ currency, amount, paid }: TrustlyOrder): string => {
  if (currency === '') return 'no money'
  const known = amount ?? paid
  return known === null ? `any in ${currency}` : `${known} ${currency}`
}

const tones: Record<TrustlyOrder['state'], Tone> = {
  created: 'open',
  pending: 'open',
  credited: 'good',
  cancelled: 'bad',
  reversed: 'bad',
  requested: 'open',
  reserved: 'open',
  queued: 'open',
  executed: 'good',
  confirmed: 'good',
  chosen: 'good',
  returned: 'bad',
  failed: 'bad',
  dropped: 'bad',
}

const actionsOf = ({ kind, state, amount, refunds }: TrustlyOrder): PaymentAction[] => {
  switch (state) {
    case 'created': {
      if (kind === 'selection') return [{ id: 'ask', label: 'The customer chooses an account' }, giveUp]
      const field = { required: amount === null, hint: amount === null ? 'the customer’s choice' : amount }
      if (kind === 'withdrawal') return [{ id: 'ask', label: 'The customer requests it', amount: field }, giveUp]
      return [
        { id: 'pending', label: 'The customer pays: pending', amount: field },
        { id: 'credit', label: 'The customer pays: credited', amount: field },
        giveUp,
      ]
    }
    case 'pending':
      return [
        { id: 'credit', label: 'The money arrives', amount: { required: false, hint: 'the paid amount' } },
        { id: 'cancel', label: 'The money never arrives' },
      ]
    case 'credited':
    case 'reversed':
      return [...(state === 'credited' ? [chargeBack] : []), ...returnsOf(refunds)]
    case 'requested':
    case 'reserved':
      return [{ id: 'cancel', label: 'The withdrawal is cancelled' }]
    case 'executed':
      return [{ id: 'confirm-payout', label: 'The bank confirms it' }, failPayout]
    case 'queued':
    case 'confirmed':
      return [failPayout]
    case 'cancelled':
    case 'chosen':
    case 'returned':
    case 'failed':
    case 'dropped':
      return []
    default:
      return state satisfies never
  }
}

const giveUp: PaymentAction = { id: 'cancel', label: 'The customer cancels' }

const failPayout: PaymentAction = { id: 'fail-payout', label: 'The bank returns it' }

const chargeBack: PaymentAction = {
  id: 'debit',
  label: 'Charge back',
  amount: { required: false, hint: 'the rest' },
}

const returnsOf = (refunds: TrustlyOrder['refunds']): PaymentAction[] =>
  [...new Set(refunds.filter(({ state }) => state === 'executed').map(({ amount }) => amount))].map((amount) => ({
    id: `${returnRefund}${amount}`,
    label: `The bank returns the refund of ${amount}`,
  }))

const deliveryOf = ({ id, method }: TrustlyNotification, findDelivery: Source['findDelivery']): DeliveryView[] =>
  toDeliveryView({ id, what: method, delivery: findDelivery(id) })

const toRequest = ({ at, method, orderId, verdict, error, hint, answerDropped }: TrustlyRequest): RequestView => ({
  at,
  what: method ?? 'no readable call',
  verdict: error ? `${error.code} ${error.name}` : verdict,
  tone: error ? 'bad' : 'good',
  hint,
  answerDropped,
  names: orderId === null ? [] : [orderId],
})

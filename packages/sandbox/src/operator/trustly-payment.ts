import { stateOf } from '../trustly/books.ts'
import { isPayIn, isSent, type Order, refundable, sum, type Transfer } from '../trustly/state/order.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import { formatAmount } from '../trustly/wire/formats.ts'
import { isFailed, toDeliveryView } from './delivery-view.ts'
import { toMoney } from './money-view.ts'
import type { Entry, MoneyView, PaymentLink, PaymentRow, PaymentView, Tone } from './operator-view.ts'
import { actionsOf } from './trustly-actions.ts'
import { toCall } from './trustly-call.ts'

type Source = Pick<StartedTrustly, 'context' | 'calls' | 'activity'>
type Context = Source['context']

/** An order in a list. */
export const toPaymentEntry = (order: Order, context: Context): Entry<PaymentRow> => {
  const { orderId, kind, opened, terms } = order
  const { messageId, merchantReference, endUserId, holder } = terms
  const textWith = (amount: string) =>
    [orderId, messageId, merchantReference, endUserId, holder, amount].join(' ').toLowerCase()
  const choosesAmount = terms.amount === undefined
  let [text, paid] = [textWith(amountOf(order)), order.paid]
  return {
    at: opened.getTime(),
    get text() {
      // A search reads ten thousand orders for this as slowly as memory is, so only those whose customer chooses the amount.
      if (choosesAmount && order.paid !== paid) [text, paid] = [textWith(amountOf(order)), order.paid]
      return text
    },
    kind,
    get state() {
      return stateOf(order)
    },
    get failed() {
      return hasFailedDelivery(order, context)
    },
    row: () => rowOf(order, context),
  }
}

const rowOf = (order: Order, context: Context): PaymentRow => {
  const { orderId, kind, opened, terms, account, transfers, debits } = order
  const state = stateOf(order)
  const money = (minor: bigint) => moneyText(order, minor)
  return {
    id: orderId,
    at: opened.toISOString(),
    merchant: account.username,
    kind,
    reference: terms.messageId,
    amount: amountOf(order),
    customer: terms.holder,
    state,
    tone: tones[state],
    since: [
      ...(isPayIn(order) ? transfers.filter(isExecuted).map(({ amount }) => `${money(amount)} refunded`) : []),
      ...debits.map(({ amount }) => `${money(amount)} reversed`),
    ].join(', '),
    hasFailedDelivery: hasFailedDelivery(order, context),
  }
}

/** An order with everything that is known about it. */
export const toPayment = (order: Order, { context, calls, activity }: Source): PaymentView => {
  const { orderId, kind, paid, terms, page, session, transfers, debits } = order
  const money = (minor: bigint) => moneyText(order, minor)
  const facts: ReadonlyArray<readonly [string, string]> = [
    ['Customer', [terms.holder, terms.endUserId].filter(Boolean).join(', ')],
    ...mandateFacts(order),
    ...paidLabels[kind].map((label) => [label, paid === undefined ? 'nothing yet' : money(paid)] as const),
    ...(isPayIn(order) ? transfers.map(({ amount, state }) => ['Refund', `${money(amount)}, ${state}`] as const) : []),
    ...debits.map(
      ({ amount, answer }) => ['Reversed', `${money(amount)}, the shop answered ${answer ?? 'nothing yet'}`] as const,
    ),
  ]
  const link = linkOf(order)
  return {
    ...rowOf(order, context),
    names: [orderId],
    facts,
    money: moneyOf(order),
    checkoutUrl: page && order.state === 'created' ? `${context.checkoutUrl}${session}` : null,
    deliveries: context.notifier.sentFor(orderId).map((sent) => toDeliveryView(sent, link)),
    calls: [...new Set([orderId, terms.messageId].flatMap((name) => calls.naming(name)))].map((call) =>
      toCall(call, context),
    ),
    steps: activity.of(order).map(({ at, what }) => ({ at: at.toISOString(), what })),
    actions: actionsOf(order),
  }
}

const mandateFacts = ({ kind, terms, mandateId, bankAccount }: Order): ReadonlyArray<readonly [string, string]> => {
  const facts: ReadonlyArray<readonly [string, string]> = [
    ['Mandate', [terms.merchantReference, mandateId].filter(Boolean).join(', order ')],
    ['Bank account', bankAccount ? `${bankAccount.bank}, ${bankAccount.descriptor}` : ''],
    ['Payment date', mandateId === undefined ? '' : terms.paymentDate],
  ]
  return kind === 'mandate' || mandateId !== undefined ? facts.filter(([, text]) => text !== '') : []
}

export const linkOf = ({ orderId, terms }: Order): PaymentLink => ({ id: orderId, reference: terms.messageId })

const hasFailedDelivery = ({ orderId }: Order, { notifier }: Context): boolean =>
  notifier.sentFor(orderId).some(isFailed)

const isExecuted = ({ state }: Transfer): boolean => state === 'executed' || state === 'confirmed'

const moneyText = ({ terms: { currency } }: Order, minor: bigint): string =>
  `${formatAmount(minor, currency)} ${currency}`

const moneyOf = (order: Order): MoneyView | undefined => {
  const { state, paid = 0n, transfers, debits } = order
  if (!isPayIn(order) || (state !== 'credited' && state !== 'reversed')) return undefined
  const parts = [
    ['refundable', refundable(order)],
    ['refunded', sum(transfers.filter(({ state }) => state === 'queued' || isSent(state)))],
    ['reversed', sum(debits)],
  ] as const
  return toMoney(paid, parts, (minor) => moneyText(order, minor))
}

const paidLabels: Record<Order['kind'], readonly string[]> = {
  deposit: ['Paid'],
  charge: ['Paid'],
  withdrawal: ['Requested'],
  payout: [],
  selection: [],
  mandate: [],
  'direct debit': ['Collected'],
  'direct credit': [],
}

const amountOf = (order: Order): string => {
  const { amount = order.paid, currency } = order.terms
  if (currency === '') return ''
  return amount === undefined ? `any in ${currency}` : moneyText(order, amount)
}

export const tones: Record<ReturnType<typeof stateOf>, Tone> = {
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
  active: 'good',
  returned: 'bad',
  failed: 'bad',
  dropped: 'bad',
}

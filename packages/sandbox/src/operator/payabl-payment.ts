import type { StartedPayabl } from '../payabl/payabl.ts'
import { leftOf, type Payment, payInOf, refundedOf, reversedOf, type Transaction } from '../payabl/state/payment.ts'
import { toText } from '../payabl/wire/form.ts'
import { formatAmount } from '../payabl/wire/money.ts'
import { isFailed, toDeliveryView } from './delivery-view.ts'
import { toMoney } from './money-view.ts'
import type { Entry, MoneyView, PaymentRow, PaymentView, Tone } from './operator-view.ts'
import { actionsOf } from './payabl-actions.ts'
import { linkOf, toCall } from './payabl-call.ts'

type Source = Pick<StartedPayabl, 'context' | 'calls' | 'activity'>
type Context = Source['context']

/** A payment in a list. */
export const toPaymentEntry = (payment: Payment, context: Context): Entry<PaymentRow> => {
  const { paymentId, orderid, terms, touched, transactions } = payment
  let [text, counted] = ['', 0]
  return {
    at: (transactions[0]?.issued ?? touched).getTime(),
    get text() {
      // Transactions are added later.
      if (transactions.length !== counted) {
        const ids = transactions.map(({ transactionId }) => transactionId)
        text = [paymentId, toText(orderid), customerOf(terms), amountOf(payment), ...ids].join(' ').toLowerCase()
        counted = transactions.length
      }
      return text
    },
    kind: kindOf(payment),
    get state() {
      return stateOf(payment)
    },
    get failed() {
      return hasFailedDelivery(payment, context)
    },
    row: () => rowOf(payment, context),
  }
}

const rowOf = (payment: Payment, context: Context): PaymentRow => {
  const { paymentId, account, orderid, terms, touched, transactions } = payment
  const state = stateOf(payment)
  return {
    id: paymentId,
    at: (transactions[0]?.issued ?? touched).toISOString(),
    merchant: account.merchantId,
    kind: kindOf(payment),
    reference: toText(orderid),
    amount: amountOf(payment),
    customer: customerOf(terms),
    state,
    tone: tones[state],
    since: transactions.flatMap(returnedMoney).join(', '),
    hasFailedDelivery: hasFailedDelivery(payment, context),
  }
}

/** A payment with everything that is known about it. Its state is that of its first transaction; the later capture has the
 *  same. */
export const toPayment = (payment: Payment, { context, calls, activity }: Source): PaymentView => {
  const { session, terms, transactions } = payment
  const { notifier, checkoutUrl } = context
  const names = [toText(payment.orderid), ...transactions.map(({ transactionId }) => transactionId)].filter(Boolean)
  const link = linkOf(payment)
  const [first] = transactions
  return {
    ...rowOf(payment, context),
    names,
    facts: [
      ...(terms ? [['Customer', customerOf(terms)] as const] : []),
      ...transactions.map((transaction) => [typeNames[transaction.type], factOf(transaction)] as const),
    ],
    money: moneyOf(payment),
    checkoutUrl: terms && stateOf(payment) === 'pending' ? `${checkoutUrl}${session}` : null,
    deliveries: transactions.flatMap((transaction) =>
      notifier.sentFor(transaction).map((sent) => toDeliveryView(sent, link)),
    ),
    calls: [...new Set(names.flatMap((name) => calls.naming(name)))]
      .sort((one, other) => Number(one.id) - Number(other.id))
      .map((call) => toCall(call, context)),
    steps: activity.of(payment).map(({ at, what }) => ({ at: at.toISOString(), what })),
    actions: first ? actionsOf(first) : [],
  }
}

const stateOf = ({ transactions }: Payment): Transaction['state'] => transactions[0]?.state ?? 'pending'

const kindOf = ({ terms }: Payment): string => (terms ? 'deposit' : 'payout')

const customerOf = (terms: Payment['terms']): string => (terms ? toText(terms.accountHolder) : '')

const moneyText = ({ currency }: Payment, minor: bigint): string => `${formatAmount(minor)} ${currency}`

const amountOf = (payment: Payment): string => moneyText(payment, payment.transactions[0]?.amount ?? 0n)

const hasFailedDelivery = ({ transactions }: Payment, { notifier }: Context): boolean =>
  transactions.some((transaction) => notifier.sentFor(transaction).some(isFailed))

const moneyOf = (payment: Payment): MoneyView | undefined => {
  const payIn = payInOf(payment)
  if (payIn?.state !== 'credited') return undefined
  const parts = [
    ['refundable', leftOf(payment)],
    ['refunded', refundedOf(payment)],
    ['reversed', reversedOf(payment)],
  ] as const
  return toMoney(payIn.amount, parts, (minor) => moneyText(payment, minor))
}

const typeNames: Record<Transaction['type'], string> = {
  preauthorization: 'Preauthorization',
  capture: 'Capture',
  refund: 'Refund',
  chb: 'Chargeback',
  cft: 'Payout',
}

const returnedMoney = ({ type, amount, payment }: Transaction): string[] => {
  if (type === 'refund') return [`${moneyText(payment, amount)} refunded`]
  return type === 'chb' ? [`${moneyText(payment, amount)} charged back`] : []
}

const factOf = ({ transactionId, amount, payment, state }: Transaction): string =>
  `${transactionId}, ${moneyText(payment, amount)}, ${state}`

export const tones: Record<Transaction['state'], Tone> = {
  pending: 'open',
  not_credited_yet: 'open',
  credited: 'good',
  not_credited: 'bad',
  aborted: 'bad',
  booked: 'good',
  accepted: 'good',
  failed: 'bad',
}

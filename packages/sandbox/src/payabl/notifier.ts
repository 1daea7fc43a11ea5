import type { Delivery, Letter, Verdict } from '../delivery.ts'
import type { PayablAssumptions } from './assumptions.ts'
import { customerFields } from './customer-fields.ts'
import { encodeForm, toBytes } from './form.ts'
import { isPayIn, type Transaction } from './ledger.ts'
import { formatAmount } from './money.ts'
import { signNotification } from './signature.ts'
import { statusText } from './status-codes.ts'

/** Fields of a notification, as text; undefined leaves one out. */
export type Overrides = { readonly [name: string]: string | undefined }

/** A notification with what the books tell of it. */
export type Notification = Letter & {
  /** The sandbox's own: the vendor's notifications have none. */
  readonly id: string
  readonly transaction: Transaction
  readonly type: string
  readonly errorcode: string
  readonly paymentState: string | null
  readonly overrides: Overrides
}

/** Tells merchants what happened, and keeps what was told. */
export type Notifier = {
  /** Signs and sends a notification about a transaction as it is now, gives its id. */
  readonly notify: (transaction: Transaction, overrides?: Overrides) => string
  /** Sends the last notification of the transaction again; undefined when there was none. */
  readonly resend: (transaction: Transaction) => Promise<Verdict> | undefined
  readonly sentFor: (transaction: Transaction) => readonly Notification[]
  readonly find: (notificationId: string) => Notification | undefined
}

type Setting = {
  readonly assumptions: PayablAssumptions
  readonly now: () => Date
  readonly delivery: Delivery
}

export const createNotifier = ({ assumptions, now, delivery }: Setting): Notifier => {
  const all = new Map<string, Notification>()
  const write = (transaction: Transaction, overrides: Overrides): Notification => {
    const id = `n${all.size + 1}`
    const written = now()
    const fields = toFields(transaction, overrides, { at: written, assumptions })
    const { account, notificationUrl, paymentId } = transaction.payment
    const notification: Notification = {
      id,
      transaction,
      type: fields.get('type') ?? '',
      errorcode: fields.get('errorcode') ?? '',
      paymentState: fields.get('payment_state') ?? null,
      overrides,
      subject: paymentId,
      url: notificationUrl ?? account.notificationUrl ?? '',
      contentType: 'application/x-www-form-urlencoded',
      // No order of fields is promised: every notification begins with another one.
      body: encodeForm(rotate([...fields], all.size)),
      written,
      attempts: [],
      status: null,
      judge: ({ status }) =>
        status >= 200 && status <= 299
          ? { accepted: true, status: 'accepted' }
          : { accepted: false, reason: `HTTP status ${status}` },
      onStatus: () => {},
    }
    all.set(id, notification)
    return notification
  }
  const withAddress = (notification: Notification): boolean => {
    if (notification.url !== '') return true
    notification.attempts.push({ at: now(), verdict: noAddress })
    return false
  }
  const sentFor = (transaction: Transaction) => [...all.values()].filter((sent) => sent.transaction === transaction)
  return {
    notify: (transaction, overrides = {}) => {
      const notification = write(transaction, overrides)
      if (withAddress(notification)) delivery.send(notification)
      return notification.id
    },
    resend: (transaction) => {
      const last = sentFor(transaction).at(-1)
      if (!last) return undefined
      const again = assumptions.resendTimestamp === 'same' ? last : write(transaction, last.overrides)
      return withAddress(again) ? delivery.sendAgain(again) : Promise.resolve(noAddress)
    },
    sentFor,
    find: (id) => all.get(id),
  }
}

const noAddress: Verdict = { accepted: false, reason: 'not sent: there is no notification_url' }

type Moment = { readonly at: Date; readonly assumptions: PayablAssumptions }

/** The fields of a notification as byte strings, `security` last and over what is really sent.
 *  @see https://docs.payabl.com/docs/trustly */
const toFields = (transaction: Transaction, overrides: Overrides, { at, assumptions }: Moment): Map<string, string> => {
  const { transactionId, type, amount, errorcode, state, payment } = transaction
  const payIn = isPayIn(transaction)
  const fields = new Map<string, string>([
    ['payment_method', '116'],
    ['type', payIn ? 'capture' : type],
    ['errormessage', statusText(Number(errorcode))],
    ['currency', payment.currency],
    ['amount', formatAmount(amount)],
    ['errorcode', errorcode],
    ['orderid', payment.orderid],
    ['transactionid', transactionId],
    ['timestamp', String(Math.floor(at.getTime() / 1000))],
    ...(payIn ? [['payment_state', state === 'aborted' ? 'not_credited' : state] as const] : []),
    ...(payIn ? customerFields(payment, assumptions.customerFields) : []),
  ])
  for (const [name, text] of Object.entries(overrides)) {
    if (text === undefined) fields.delete(name)
    else fields.set(name, toBytes(text, 'utf8'))
  }
  if (!('security' in overrides)) fields.set('security', secure(fields, payment.account.secret))
  return fields
}

const secure = (fields: ReadonlyMap<string, string>, secret: string): string => {
  const field = (name: string) => fields.get(name) ?? ''
  const [transactionid, type] = [field('transactionid'), field('type')]
  return signNotification({ transactionid, type, errorcode: field('errorcode'), timestamp: field('timestamp') }, secret)
}

const rotate = <Item>(items: readonly Item[], by: number): Item[] => {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

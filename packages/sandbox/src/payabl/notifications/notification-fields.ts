import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { signNotification } from '../signing/signature.ts'
import { isPayIn, type Transaction } from '../state/payment.ts'
import { toBytes } from '../wire/form.ts'
import { formatAmount } from '../wire/money.ts'
import { statusText } from '../wire/status-codes.ts'
import { bankFields } from './bank-fields.ts'

/** Fields of a notification, as text; undefined omits one. */
export interface Overrides {
  readonly [name: string]: string | undefined
}

interface Moment {
  readonly at: Date
  readonly assumptions: PayablAssumptions
}

/** The fields of a notification as byte strings, with `security` over the fields as they are sent.
 *  @see https://docs.payabl.com/docs/trustly */
export const toFields = (
  transaction: Transaction,
  overrides: Overrides,
  { at, assumptions }: Moment,
): Map<string, string> => {
  const { transactionId, amount, errorcode, payment } = transaction
  const payIn = isPayIn(transaction)
  const fields = new Map<string, string>([
    ['payment_method', '116'],
    ['type', typeOf(transaction, assumptions)],
    ['errormessage', statusText(Number(errorcode))],
    ['currency', payment.currency],
    ['amount', formatAmount(amount)],
    ['errorcode', errorcode],
    ['orderid', payment.orderid],
    ['transactionid', transactionId],
    ['timestamp', String(Math.floor(at.getTime() / 1000))],
    ...stateOf(transaction, assumptions),
    ...(payIn ? bankFields(payment, assumptions) : []),
  ])
  for (const name of assumptions.omittedFields) fields.delete(name)
  for (const [name, text] of Object.entries(overrides)) {
    if (text === undefined) fields.delete(name)
    else fields.set(name, toBytes(text, 'utf8'))
  }
  if (!('security' in overrides)) fields.set('security', secure(fields, payment.account.secret))
  return fields
}

const typeOf = ({ type }: Transaction, assumptions: PayablAssumptions): string => {
  switch (type) {
    case 'preauthorization':
    case 'capture':
      return 'capture'
    case 'refund':
      return assumptions.refundType
    case 'chb':
      return assumptions.chargebackType
    case 'cft':
      return assumptions.payoutFailureType
    default:
      return type satisfies never
  }
}

const stateOf = (transaction: Transaction, { abortState }: PayablAssumptions): [string, string][] => {
  if (!isPayIn(transaction)) return []
  if (transaction.state !== 'aborted') return [['payment_state', transaction.state]]
  return abortState === 'absent' ? [] : [['payment_state', abortState]]
}

const secure = (fields: ReadonlyMap<string, string>, secret: string): string => {
  const field = (name: string) => fields.get(name) ?? ''
  const [transactionid, type] = [field('transactionid'), field('type')]
  return signNotification({ transactionid, type, errorcode: field('errorcode'), timestamp: field('timestamp') }, secret)
}

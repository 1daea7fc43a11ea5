import type { Command, Method, MethodContext } from './method.ts'
import { openOrder } from './open-order.ts'

/** Collects money on a mandate. "A rejection is a successful, signed result, not an error."
 *  @see https://docs.trustly.com/api/charge */
export const charge: Method = (command, context) => {
  const rejected = reject(command, context)
  const { nullMembers } = command.account.switches
  if (rejected) return { data: { result: '0', orderid: null, rejected }, remark: rejected }
  const bankAccount = context.bankAccounts.find(command.account, command.fields.data('AccountID'))
  const { orderId } = openOrder(command, context, { kind: 'charge', state: 'created', bankAccount })
  return { data: { result: '1', orderid: orderId, ...(nullMembers && { rejected: null }) } }
}

const reject = ({ account, fields: { data } }: Command, { bankAccounts }: MethodContext): string | undefined => {
  const accountId = data('AccountID')
  if (!account.switches.directDebit) return 'ERROR_DIRECT_DEBIT_NOT_ALLOWED'
  if (!bankAccounts.find(account, accountId)) return 'ERROR_ACCOUNT_NOT_FOUND'
  return bankAccounts.hasMandate(account, accountId) ? undefined : 'ERROR_MANDATE_NOT_FOUND'
}

/** Cancels a charge before its day; the reason for a late cancellation is free text.
 *  @see https://docs.trustly.com/api/cancelcharge */
export const cancelCharge: Method = ({ account, fields }, { ledger, moneyIn, now }) => {
  const order = ledger.find(fields.data('OrderID'))
  if (order?.account !== account || order.kind !== 'charge') return { error: 'ERROR_INVALID_ORDER_ID' }
  const { chargeCutOff, nullMembers } = account.switches
  const inTime = now().getTime() < cutOff(order.terms.paymentDate, chargeCutOff)
  if (order.state !== 'created' || !inTime) return { data: { result: '0', rejected: 'Payment already executed' } }
  moneyIn.cancel(order)
  return { data: { result: '1', ...(nullMembers && { rejected: null }) } }
}

const cutOffs = { 'day before': -6 * 3_600_000, 'same day': 18.5 * 3_600_000 } as const

/** Without a PaymentDate the vendor uses the next possible day: the charge can be cancelled until it is executed. */
const cutOff = (paymentDate: string, rule: keyof typeof cutOffs): number =>
  paymentDate === '' ? Number.POSITIVE_INFINITY : Date.parse(`${paymentDate.slice(0, 10)}T00:00:00Z`) + cutOffs[rule]

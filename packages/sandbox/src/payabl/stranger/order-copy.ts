import { notificationUrlOf, type Payment } from '../state/ledger.ts'
import { toBytes } from '../wire/form.ts'

/** What an imitation has otherwise than the payment that it imitates. */
export type OrderChanges = {
  readonly orderid?: string
  readonly notificationUrl?: string
  readonly amount?: string
}

/** What two payments share that nobody can tell apart by their orderid and address. */
export const copiedFields = (payment: Payment, { orderid, notificationUrl }: OrderChanges = {}) => ({
  orderid: orderid === undefined ? payment.orderid : toBytes(orderid, 'utf8'),
  custom1: payment.custom1,
  currency: payment.currency,
  notificationUrl: notificationUrl ?? notificationUrlOf(payment),
})

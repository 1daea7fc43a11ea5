import { notificationUrlOf, type Payment } from '../state/payment.ts'
import { toBytes } from '../wire/form.ts'

/** The differences between a copy and the payment. */
export interface OrderChanges {
  readonly orderid?: string
  readonly notificationUrl?: string
  readonly amount?: string
}

/** The fields that a copy has in common with the payment. */
export const copiedFields = (payment: Payment, { orderid, notificationUrl }: OrderChanges = {}) => ({
  orderid: orderid === undefined ? payment.orderid : toBytes(orderid, 'utf8'),
  custom1: payment.custom1,
  currency: payment.currency,
  notificationUrl: notificationUrl ?? notificationUrlOf(payment),
})

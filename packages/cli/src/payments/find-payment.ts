import type { AccountView, DepositView, MandateView, Payments, PayoutView } from 'railswitch'
import { isPaymentError } from '../errors.ts'

/** A payment of any kind, as the views of `payments` show it. */
export type PaymentView = ({ readonly kind: 'deposit' } & DepositView) | PayoutView | AccountView | MandateView

/** The payment with this reference. Rejects with `not_found`. */
export const findPayment = async (payments: Payments, reference: string): Promise<PaymentView> => {
  const deposit = await orNull(() => payments.getDeposit({ reference }))
  if (deposit) return { kind: 'deposit', ...deposit }
  const payout = await orNull(() => payments.getPayout({ reference }))
  if (payout) return payout
  const account = await orNull(() => payments.getAccount({ reference }))
  return account ?? payments.getMandate({ reference })
}

const orNull = async <View>(read: () => Promise<View>): Promise<View | null> => {
  try {
    return await read()
  } catch (error) {
    if (isPaymentError(error) && error.code === 'not_found') return null
    throw error
  }
}

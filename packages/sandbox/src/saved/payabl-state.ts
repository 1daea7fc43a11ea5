import type { PayablRequest } from '../payabl/api/call-log.ts'
import type { PayablAssumptions } from '../payabl/assumptions/assumptions.ts'
import type { SavedNotification } from '../payabl/notifications/notifier.ts'
import type { StartedPayabl } from '../payabl/payabl.ts'
import type { Account } from '../payabl/state/merchant.ts'
import type { Payment } from '../payabl/state/payment.ts'
import { restoreTraffic, saveTraffic, type VendorTraffic } from './vendor-traffic.ts'

/** payabl's records as they are saved. */
export interface PayablState extends VendorTraffic<PayablRequest> {
  readonly accounts: readonly Account[]
  readonly assumptions: PayablAssumptions
  readonly payments: readonly Payment[]
  readonly notifications: readonly SavedNotification[]
  /** The next id of a transaction and of a payment. */
  readonly nextIds: { readonly transaction: number; readonly payment: number }
}

export const savePayabl = (payabl: StartedPayabl): PayablState => {
  const { context, merchantIds, account } = payabl
  const { ledger, notifier, assumptions } = context
  return {
    accounts: merchantIds.map(account),
    assumptions: { ...assumptions },
    payments: ledger.all.values(),
    notifications: notifier.save(),
    nextIds: ledger.nextIds(),
    ...saveTraffic(payabl, (paymentId) => ledger.findPayment(paymentId) !== undefined),
  }
}

/** Continues with saved records: payments without money fail after their 15 days, and callbacks are retried, as if there
 *  had been no restart. Records of merchants that no longer exist are left out. */
export const restorePayabl = (payabl: StartedPayabl, saved: PayablState): void => {
  const { context, merchantIds, account } = payabl
  const { ledger, notifier, lifeCycle, assumptions } = context
  Object.assign(assumptions, saved.assumptions)
  for (const { merchantId, secret, balance } of saved.accounts) {
    if (!merchantIds.includes(merchantId)) continue
    const known = account(merchantId)
    known.secret = secret
    for (const [currency, minor] of balance) known.balance.set(currency, minor)
  }
  const restored = new Set<Payment>()
  for (const payment of saved.payments) {
    const { merchantId } = payment.account
    if (!merchantIds.includes(merchantId)) continue
    // The transactions refer to this very object.
    const known: Payment = Object.assign(payment, { account: account(merchantId) })
    ledger.restore(known)
    lifeCycle.watch(known)
    restored.add(known)
  }
  ledger.continueIds(saved.nextIds)
  restoreTraffic(payabl, saved)
  for (const notification of saved.notifications)
    if (restored.has(notification.transaction.payment)) notifier.restore(notification)
}

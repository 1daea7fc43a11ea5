import type { OnFirstCall, PaymentError, TaskEither } from '@railswitch/core/provider'
import type { TrustlyAccount } from './client/call.ts'
import type { TrustlyClient } from './client/client.ts'
import type { TrustlyMethod } from './client/methods/methods.ts'
import { verifyNativeNotification } from './client/native-notification.ts'
import type { VendorCalls } from './vendor-calls.ts'

/** Written out, because the descriptions of the methods are not loaded yet. */
const callNames: { readonly [M in TrustlyMethod as Uncapitalize<M>]: true } = {
  accountLedger: true,
  accountPayout: true,
  approveWithdrawal: true,
  balance: true,
  cancelCharge: true,
  cancelDirectDebit: true,
  cancelDirectDebitMandate: true,
  charge: true,
  denyWithdrawal: true,
  deposit: true,
  directCredit: true,
  directDebit: true,
  directDebitMandate: true,
  directPaymentBatch: true,
  getWithdrawals: true,
  importDirectDebitMandate: true,
  merchantSettlement: true,
  refund: true,
  refundDirectDebit: true,
  registerAccount: true,
  registerAccountPayout: true,
  selectAccount: true,
  swish: true,
  viewAutomaticSettlementDetailsCSV: true,
  withdraw: true,
}

/** The typed client, whose methods load with the first call. */
export const clientOnFirstCall = (
  account: TrustlyAccount,
  { task, iterable }: OnFirstCall<VendorCalls>,
): TrustlyClient => {
  const typed = (Object.keys(callNames) as (keyof typeof callNames)[]).map((name) => [
    name,
    task(({ native }) => native[name] as (...call: never) => TaskEither<PaymentError, unknown>),
  ])
  return {
    ...(Object.fromEntries(typed) as Omit<TrustlyClient, 'call' | 'reports' | 'verifyNotification'>),
    call: task(({ native }) => native.call),
    reports: {
      balance: task(({ native }) => native.reports.balance),
      ledger: iterable(({ native }) => native.reports.ledger),
      settlement: iterable(({ native }) => native.reports.settlement),
      withdrawals: task(({ native }) => native.reports.withdrawals),
    },
    verifyNotification: verifyNativeNotification(account),
  }
}

import type { TrustlyAccount } from './client/call.ts'
import { createTrustlyClient } from './client/client.ts'
import { vendorLedger } from './ledger/vendor-ledger.ts'
import { lookUp } from './look-up/look-up.ts'
import { startAccount } from './operations/account.ts'
import { cancelCharge, startCharge } from './operations/charge.ts'
import { startDeposit } from './operations/deposit.ts'
import { cancelMandate, importMandate, startMandate } from './operations/mandate.ts'
import { startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'
import { decideWithdrawal, startWithdrawal } from './operations/withdrawal.ts'

/** Everything that calls Trustly. The provider loads this module with its first call. */
export const createVendorCalls = (account: TrustlyAccount) => {
  const { now } = account.runtime
  const native = createTrustlyClient(account)
  return {
    native,
    deposit: startDeposit(native),
    refund: startRefund(native, now),
    payout: startPayout({ client: native, now }),
    withdrawal: startWithdrawal(native),
    account: startAccount(native),
    charge: startCharge(native, now),
    mandate: startMandate(native),
    importMandate: importMandate(native, now),
    decideWithdrawal: decideWithdrawal(native),
    cancelCharge: cancelCharge(native),
    cancelMandate: cancelMandate(native),
    lookUp: lookUp(native, now),
    ledger: vendorLedger(native),
  }
}

export type VendorCalls = ReturnType<typeof createVendorCalls>

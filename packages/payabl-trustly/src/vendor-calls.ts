import type { PayablAccount } from './client/call.ts'
import { createPayablClient } from './client/client.ts'
import { reconciliation } from './look-up/bookings.ts'
import { crossCheck } from './look-up/cross-check.ts'
import { listedLedger } from './look-up/listed-ledger.ts'
import { lookUp } from './look-up/look-up.ts'
import { startDeposit } from './operations/deposit.ts'
import { startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'

/** Everything that calls payabl. The provider loads this module with its first call. */
export const createVendorCalls = (account: PayablAccount, now: () => Date) => {
  const native = createPayablClient(account)
  return {
    native,
    deposit: startDeposit(native, account),
    refund: startRefund(native, now),
    payout: startPayout({ client: native, encoding: account.encoding, now }),
    lookUp: lookUp(native, now),
    crossCheck: crossCheck(native, now),
    reconciliation: reconciliation(native, now),
    ledger: listedLedger(native),
  }
}

export type VendorCalls = ReturnType<typeof createVendorCalls>

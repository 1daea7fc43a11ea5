import { accountLedger } from './account-ledger.ts'
import { balance } from './balance.ts'
import { cancelCharge, charge } from './charge.ts'
import { deposit } from './deposit.ts'
import { directCredit } from './direct-credit.ts'
import { cancelDirectDebit, directDebit, refundDirectDebit } from './direct-debit.ts'
import { getWithdrawals } from './get-withdrawals.ts'
import { cancelDirectDebitMandate, directDebitMandate, importDirectDebitMandate } from './mandate.ts'
import { merchantSettlement } from './merchant-settlement.ts'
import type { Method } from './method.ts'
import { accountPayout, registerAccountPayout } from './payout.ts'
import { refund } from './refund.ts'
import { registerAccount } from './register-account.ts'
import { selectAccount } from './select-account.ts'
import { viewAutomaticSettlementDetails } from './settlement-details.ts'
import { approveWithdrawal, denyWithdrawal, withdraw } from './withdraw.ts'

/** The methods that the sandbox implements, by name. */
export const methods: ReadonlyMap<string, Method> = new Map([
  ['Deposit', deposit],
  ['Refund', refund],
  ['Withdraw', withdraw],
  ['ApproveWithdrawal', approveWithdrawal],
  ['DenyWithdrawal', denyWithdrawal],
  ['SelectAccount', selectAccount],
  ['RegisterAccount', registerAccount],
  ['AccountPayout', accountPayout],
  ['RegisterAccountPayout', registerAccountPayout],
  ['Charge', charge],
  ['CancelCharge', cancelCharge],
  ['DirectDebitMandate', directDebitMandate],
  ['ImportDirectDebitMandate', importDirectDebitMandate],
  ['CancelDirectDebitMandate', cancelDirectDebitMandate],
  ['DirectDebit', directDebit],
  ['CancelDirectDebit', cancelDirectDebit],
  ['RefundDirectDebit', refundDirectDebit],
  ['DirectCredit', directCredit],
  ['AccountLedger', accountLedger],
  ['Balance', balance],
  ['GetWithdrawals', getWithdrawals],
  ['ViewAutomaticSettlementDetailsCSV', viewAutomaticSettlementDetails],
  ['MerchantSettlement', merchantSettlement],
])

/** Methods that the sandbox does not implement. It responds as for a merchant without access to them. */
export const unservedMethods: ReadonlySet<string> = new Set(
  `Capture CreateAccount DirectPaymentBatch GetAccountTransactions Hello P2P Swish VerifyAccount Void`.split(/\s+/),
)

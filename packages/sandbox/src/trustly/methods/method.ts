import type { MoneyIn } from '../lifecycle/money-in.ts'
import type { MoneyOut } from '../lifecycle/money-out.ts'
import type { Withdrawals } from '../lifecycle/withdrawals.ts'
import type { Hash } from '../signing/signature.ts'
import type { BankAccounts } from '../state/bank-accounts.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Account } from '../state/merchant.ts'
import type { JsonData } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import type { Fields } from '../wire/fields.ts'

/** What the methods work with. */
export type MethodContext = {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly moneyIn: MoneyIn
  readonly moneyOut: MoneyOut
  readonly withdrawals: Withdrawals
  /** Where checkout pages live, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}

/** A call that is genuine and new, with parameters that are right in themselves. */
export type Command = { readonly account: Account; readonly fields: Fields; readonly hash: Hash }

/** One method of the API: the answer's data, or the error. The remark is for the request log: what the context would
 *  not say. */
export type Method = (
  command: Command,
  context: MethodContext,
) => { readonly data: JsonData | readonly JsonData[]; readonly remark?: string } | Refusal

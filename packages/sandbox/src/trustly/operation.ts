import type { BankAccounts } from './bank-accounts.ts'
import type { JsonData } from './envelope.ts'
import type { Refusal } from './error-codes.ts'
import type { Fields } from './fields.ts'
import type { Ledger } from './ledger.ts'
import type { LifeCycle } from './life-cycle.ts'
import type { Account } from './merchant.ts'
import type { MoneyOut } from './money-out.ts'
import type { Hash } from './signature.ts'
import type { Withdrawals } from './withdrawals.ts'

/** What the operations work with. */
export type Vendor = {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly lifeCycle: LifeCycle
  readonly moneyOut: MoneyOut
  readonly withdrawals: Withdrawals
  /** Where checkout pages live, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}

/** A call that is genuine and new, with parameters that are right in themselves. */
export type Command = { readonly account: Account; readonly fields: Fields; readonly hash: Hash }

/** One method of the API: the answer's data, or the error. The remark is for the request log: what the vendor would
 *  not say. */
export type Operation = (
  command: Command,
  vendor: Vendor,
) => { readonly data: JsonData | readonly JsonData[]; readonly remark?: string } | Refusal

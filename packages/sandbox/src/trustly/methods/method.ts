import type { MandateEvents } from '../lifecycle/mandate-events.ts'
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

/** The parts of the vendor that methods use. */
export interface MethodContext {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly mandates: MandateEvents
  readonly moneyIn: MoneyIn
  readonly moneyOut: MoneyOut
  readonly withdrawals: Withdrawals
  /** The address of the checkout pages, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}

/** An authenticated call that is no repetition and has valid parameters. */
export interface Command {
  readonly account: Account
  readonly fields: Fields
  readonly hash: Hash
}

/** One method of the API. Gives the response's data or an error. The remark is for the request log: a reason that the
 *  vendor does not disclose. */
export type Method = (
  command: Command,
  context: MethodContext,
) => { readonly data: JsonData | readonly JsonData[]; readonly remark?: string } | Refusal

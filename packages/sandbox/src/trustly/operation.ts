import type { Call, JsonData } from './envelope.ts'
import type { Refusal } from './error-codes.ts'
import type { Ledger } from './ledger.ts'
import type { Account } from './merchant.ts'
import type { Hash } from './signature.ts'

/** One method of the API, run on a call that is genuine and new: the answer's data, or the error. */
export type Operation = (context: {
  readonly account: Account
  readonly call: Call
  readonly hash: Hash
  readonly ledger: Ledger
  /** Where checkout pages live, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}) => { readonly data: JsonData; readonly warning?: string } | Refusal

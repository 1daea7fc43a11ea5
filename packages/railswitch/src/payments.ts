import type { Handlers, NodeHandler, WebHandler } from '@railswitch/callbacks'
import type {
  AccountInput,
  ChargeInput,
  Checkout,
  DepositInput,
  Market,
  NativeClients,
  Operation,
  Outcome,
  PaymentRef,
  PayoutInput,
  RefundInput,
  Review,
  WithdrawalInput,
} from '@railswitch/core'
import type { ImportResult, PaymentImport } from './commands/import-input.ts'
import type { Routed } from './operations/execute-operation.ts'
import type { PaymentTasks } from './operations/tasks.ts'
import type { AccountView, DepositView, Named, PayoutView } from './queries/payment-views.ts'
import type { RailRequirements } from './queries/requirements.ts'
import type { Resolution } from './sync/reviews.ts'
import type { SyncSummary } from './sync/sync-part.ts'

export interface Payments<Tx = unknown> {
  /** Opens a checkout; send the customer to `redirectUrl`. Rejects with PaymentError. */
  deposit(input: DepositInput): Promise<Checkout & Routed>
  /** Sends money of a deposit back. `accepted` is not "paid"; `unknown` is not an error: repeat the same call. */
  refund(input: RefundInput): Promise<Outcome & Routed>
  /** Pays money out, to the account of an earlier deposit or to bank details. The same is true of its outcome. */
  payout(input: PayoutInput): Promise<Outcome & Routed>
  /** Opens a page on which the customer chooses where the money goes; `withdrawal.requested` asks, `approve` or `deny` decides. */
  withdrawal(input: WithdrawalInput): Promise<Checkout & Routed>
  /**
   * Lets a requested withdrawal go, once the handler of `withdrawal.requested` has answered: from inside it the vendor may
   * say no. Saying it again is harmless. Rejects with `conflict` where the money was not reserved.
   */
  approve(of: { readonly payment: PaymentRef }): Promise<void>
  /** Refuses a requested withdrawal: `payout.failed` follows, with the money to give back. */
  deny(of: { readonly payment: PaymentRef }): Promise<void>
  /** Opens a page on which the customer chooses an account for later payouts, and with `mandate` allows charges of it. */
  account(input: AccountInput): Promise<Checkout & Routed>
  /** A deposit of an account with a mandate, without its customer. Its state is a deposit's; `unknown` is not an error. */
  charge(input: ChargeInput): Promise<Outcome & Routed>
  /** Takes a charge back before its payment date: `deposit.not_credited` follows. Saying it again is harmless. */
  cancelCharge(of: { readonly payment: PaymentRef }): Promise<void>
  /** An account that a customer was asked to choose. Rejects with `not_found`. */
  getAccount(of: Named): Promise<AccountView>
  /** A payout or a withdrawal, by its reference or its payment ref. Rejects with `not_found`. */
  getPayout(of: Named): Promise<PayoutView>
  /** By the deposit's reference, a refund's, or a payment ref. Rejects with `not_found`. */
  getDeposit(of: Named): Promise<DepositView>
  /**
   * Takes in what was begun elsewhere: payments older than this installation, or made after a backup that was restored. No
   * handler hears of it. `confirmed`: the vendor, asked by a look-up of our own, shows it. Rejects with `invalid_input`, or
   * `conflict` where the reference or a vendor id is taken.
   */
  importPayment(given: PaymentImport): Promise<ImportResult>
  /**
   * Erases what says who a payment is for (the customer's id, the account's); money, ids and times stay. It cannot be repeated or
   * paid out to any more. Rejects with `not_found`, or `conflict` while something of it is under way.
   */
  erasePersonalData(of: Named): Promise<void>
  /** Which fields an operation needs, per rail and on all of them together: what a form must ask for to survive a switch. */
  requirements(operation: Operation, market: Market): RailRequirements
  /** Once, with all handlers: callbacks and `sync` end there. */
  on(handlers: Handlers<Tx>): void
  /** From a cron job, every minute or so: handles what no handler has finished with, and finds out what is unknown. */
  sync(options?: { readonly limit?: number }): Promise<SyncSummary>
  /** What needs manual review: contradictory money, outcomes that no call can find out, reports of orders that are not known to be ours. */
  listReviews(): Promise<readonly Review[]>
  /** A person has decided: by name, and with a reason. Rejects with `not_found` for a review that is no longer open. */
  resolveReview(resolution: Resolution): Promise<void>
  /**
   * The vendor's own calls on a rail, where railswitch's are not enough. What they move is not recorded here. Throws
   * `rail_missing`, or `unsupported` where the rail is another provider's.
   */
  native<P extends keyof NativeClients>(rail: string, use: P): NativeClients[P]
  /** What the vendors call: mount it under `callbacks.url` with the rest of the path kept. */
  readonly callbacks: { readonly web: WebHandler; readonly node: NodeHandler; readonly express: NodeHandler }
  /** Begins nothing any more, tells vendors to come back, and resolves when calls and handlers under way have ended. */
  close(): Promise<void>
  readonly fp: PaymentTasks
}

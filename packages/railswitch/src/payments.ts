import type { FastifyHandler, Handlers, NodeHandler, WebHandler } from '@railswitch/callbacks'
import type {
  AccountInput,
  ChargeInput,
  Checkout,
  DepositInput,
  MandateImportInput,
  MandateInput,
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
import type { RoutingDecision } from './operations/execute-operation.ts'
import type { PaymentTasks } from './operations/payment-tasks.ts'
import type { AccountView, DepositView, MandateView, PaymentSelector, PayoutView } from './queries/payment-views.ts'
import type { RequirementsByRail } from './queries/requirements.ts'
import type { ReconcileInput, ReconcileSummary } from './reconcile/reconcile.ts'
import type { ReviewResolution } from './reviews/reviews.ts'
import type { SyncSummary } from './sync/sync-step.ts'

export interface Payments<Tx = unknown> {
  /** Opens a checkout; send the customer to `redirectUrl`. Rejects with PaymentError. */
  deposit(input: DepositInput): Promise<Checkout & RoutingDecision>
  /** Sends money of a deposit back. `accepted` does not mean paid. `unknown` is not an error: repeat the same call. */
  refund(input: RefundInput): Promise<Outcome & RoutingDecision>
  /** Sends money to the account of an earlier deposit or to bank details. Its outcome has the same meaning as that of a refund. */
  payout(input: PayoutInput): Promise<Outcome & RoutingDecision>
  /** Opens a page on which the customer chooses an account for the money. `withdrawal.requested` follows; `approve` or `deny` decides. */
  withdrawal(input: WithdrawalInput): Promise<Checkout & RoutingDecision>
  /**
   * Approves a requested withdrawal. Call it after the handler of `withdrawal.requested` has answered: inside the handler, the vendor may
   * refuse it. It can be repeated. Rejects with `conflict` if the money was not reserved.
   */
  approve(of: { readonly payment: PaymentRef }): Promise<void>
  /** Denies a requested withdrawal. `payout.failed` follows with the money to return to the customer's balance. */
  deny(of: { readonly payment: PaymentRef }): Promise<void>
  /** Opens a page on which the customer chooses an account for later payouts and, with `mandate`, allows charges of it. */
  account(input: AccountInput): Promise<Checkout & RoutingDecision>
  /** Opens a page on which the customer signs a mandate: a permission to charge a bank account. `mandate.active` follows. */
  mandate(input: MandateInput): Promise<Checkout & RoutingDecision>
  /** Imports a mandate that was signed elsewhere. Its outcome has the same meaning as that of a charge; `mandate.active` follows. */
  importMandate(input: MandateImportInput): Promise<Outcome & RoutingDecision>
  /** Cancels a mandate. It is `revoked` when the call resolves, and `mandate.revoked` follows. It can be repeated. */
  cancelMandate(of: { readonly payment: PaymentRef }): Promise<void>
  /** A mandate, by its reference or its payment ref. Rejects with `not_found`. */
  getMandate(of: PaymentSelector): Promise<MandateView>
  /** Charges an account with a mandate, without a checkout. Its state is that of a deposit. `unknown` is not an error. */
  charge(input: ChargeInput): Promise<Outcome & RoutingDecision>
  /** Cancels a charge before its payment date. `deposit.not_credited` follows. It can be repeated. */
  cancelCharge(of: { readonly payment: PaymentRef }): Promise<void>
  /** An account that a customer was asked to choose, by its reference or its payment ref. Rejects with `not_found`. */
  getAccount(of: PaymentSelector): Promise<AccountView>
  /** A payout or a withdrawal, by its reference or its payment ref. Rejects with `not_found`. */
  getPayout(of: PaymentSelector): Promise<PayoutView>
  /** A deposit, by its reference, the reference of one of its refunds, or a payment ref. Rejects with `not_found`. */
  getDeposit(of: PaymentSelector): Promise<DepositView>
  /**
   * Imports a payment that was begun elsewhere: before this installation, or after a backup that was restored. No handler runs.
   * `confirmed`: a look-up at the vendor shows it. Rejects with `invalid_input`, or with `conflict` if the reference or a vendor id is
   * already used.
   */
  importPayment(input: PaymentImport): Promise<ImportResult>
  /**
   * Erases the customer's id and the account's id of a payment. Money, other ids and times stay. Afterwards the payment cannot be repeated,
   * and its account can receive no payout. Rejects with `not_found`, or with `conflict` while the payment is open.
   */
  erasePersonalData(of: PaymentSelector): Promise<void>
  /** The fields that an operation needs, per rail and for all rails together. A form that asks for all of them works with every rail. */
  requirements(operation: Operation, market: Market): RequirementsByRail
  /** Registers all event handlers. Call it once. Callbacks and `sync` run them. */
  on(handlers: Handlers<Tx>): void
  /** Call it from a cron job, about every minute: it handles pending events and finds out what is unknown. */
  sync(options?: { readonly limit?: number }): Promise<SyncSummary>
  /**
   * Call it from a daily cron job: it asks vendors that report something at most once (payabl) for what they booked in these days, by
   * default the last three, and records what the store does not contain. A repeated call changes nothing. Rejects with `invalid_input`
   * or `rail_missing`.
   */
  reconcile(input?: ReconcileInput): Promise<ReconcileSummary>
  /** What needs manual review: contradictory money, outcomes that no call can find out, reports of orders that are not known to be ours. */
  listReviews(): Promise<readonly Review[]>
  /** Records the decision of a person, with name and reason. Rejects with `not_found` if the review is no longer open. */
  resolveReview(resolution: ReviewResolution): Promise<void>
  /**
   * The typed client of a rail's vendor, for calls that railswitch does not have. Money that it moves is not recorded here. Throws
   * `rail_missing`, or `unsupported` if the rail has another provider.
   */
  native<P extends keyof NativeClients>(rail: string, use: P): NativeClients[P]
  /** The HTTP handlers for callbacks. Mount one under `callbacks.url`; the rest of the path must be preserved. */
  readonly callbacks: {
    readonly web: WebHandler
    readonly node: NodeHandler
    readonly express: NodeHandler
    readonly fastify: FastifyHandler
  }
  /** Starts nothing new, asks vendors to deliver again, and resolves when running calls and handlers have ended. */
  close(): Promise<void>
  readonly fp: PaymentTasks
}

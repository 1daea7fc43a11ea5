import {
  type AccountInput,
  type ChargeInput,
  type Checkout,
  closed,
  type DepositInput,
  isLeft,
  left,
  type MandateImportInput,
  type MandateInput,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  type RefundInput,
  type TaskEither,
  type WithdrawalInput,
} from '@railswitch/core'
import type { GracefulShutdown } from '../graceful-shutdown.ts'
import { executeOperation, type RoutingDecision } from './execute-operation.ts'
import { chargeableSourceOf } from './mandate-account.ts'
import type { OperationContext } from './operation-context.ts'
import { sourceOf } from './source-payment.ts'
import {
  readAccount,
  readCharge,
  readDeposit,
  readMandate,
  readMandateImport,
  readPayout,
  readRefund,
  readWithdrawal,
} from './validate-input.ts'

/** The API with TaskEither: nothing is sent until the returned function is called. */
export interface PaymentTasks {
  deposit(input: DepositInput): TaskEither<PaymentError, Checkout & RoutingDecision>
  refund(input: RefundInput): TaskEither<PaymentError, Outcome & RoutingDecision>
  payout(input: PayoutInput): TaskEither<PaymentError, Outcome & RoutingDecision>
  withdrawal(input: WithdrawalInput): TaskEither<PaymentError, Checkout & RoutingDecision>
  account(input: AccountInput): TaskEither<PaymentError, Checkout & RoutingDecision>
  charge(input: ChargeInput): TaskEither<PaymentError, Outcome & RoutingDecision>
  mandate(input: MandateInput): TaskEither<PaymentError, Checkout & RoutingDecision>
  importMandate(input: MandateImportInput): TaskEither<PaymentError, Outcome & RoutingDecision>
}

/**
 * The operations as tasks. Each one validates its input and then executes the operation, unless `close()` was called. `beforeDeposit`
 * is called for each deposit and charge.
 */
export const createTasks = <Tx>(
  context: OperationContext<Tx>,
  closing: GracefulShutdown,
  beforeDeposit: () => void,
): PaymentTasks => {
  const { config } = context
  return {
    deposit: (input) =>
      unlessClosed(async () => {
        const valid = readDeposit(config, input)
        beforeDeposit()
        return isLeft(valid) ? valid : executeOperation(context, 'deposit', valid.right.input, valid.right.intent)()
      }),
    refund: (input) =>
      unlessClosed(async () => {
        const valid = readRefund(input)
        return isLeft(valid) ? valid : executeOperation(context, 'refund', valid.right.input, valid.right.intent)()
      }),
    payout: (input) =>
      unlessClosed(async () => {
        const valid = readPayout(config, input)
        if (isLeft(valid)) return valid
        const source = await chargeableSourceOf(config, valid.right.intent)
        return isLeft(source)
          ? source
          : executeOperation(context, 'payout', valid.right.input, valid.right.intent, source.right)()
      }),
    charge: (input) =>
      unlessClosed(async () => {
        const valid = readCharge(input)
        beforeDeposit()
        if (isLeft(valid)) return valid
        const source = await chargeableSourceOf(config, valid.right.intent)
        return isLeft(source)
          ? source
          : executeOperation(context, 'charge', valid.right.input, valid.right.intent, source.right)()
      }),
    mandate: (input) =>
      unlessClosed(async () => {
        const valid = readMandate(config, input)
        return isLeft(valid) ? valid : executeOperation(context, 'mandate', valid.right.input, valid.right.intent)()
      }),
    importMandate: (input) =>
      unlessClosed(async () => {
        const valid = readMandateImport(input)
        if (isLeft(valid)) return valid
        const source = await sourceOf(config, valid.right.intent)
        return isLeft(source)
          ? source
          : executeOperation(context, 'importMandate', valid.right.input, valid.right.intent, source.right)()
      }),
    account: (input) =>
      unlessClosed(async () => {
        const valid = readAccount(config, input)
        return isLeft(valid) ? valid : executeOperation(context, 'account', valid.right.input, valid.right.intent)()
      }),
    withdrawal: (input) =>
      unlessClosed(async () => {
        const valid = readWithdrawal(config, input)
        return isLeft(valid) ? valid : executeOperation(context, 'withdrawal', valid.right.input, valid.right.intent)()
      }),
  }

  function unlessClosed<A>(task: TaskEither<PaymentError, A>): TaskEither<PaymentError, A> {
    return async () => closing.run(task) ?? left(closed())
  }
}

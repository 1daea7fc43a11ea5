import {
  type AccountInput,
  type ChargeInput,
  type Checkout,
  closed,
  type DepositInput,
  isLeft,
  left,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  type RefundInput,
  type TaskEither,
  type WithdrawalInput,
} from '@railswitch/core'
import type { GracefulShutdown } from '../graceful-shutdown.ts'
import { sourceOf } from './account-source.ts'
import { executeOperation, type Routed } from './execute-operation.ts'
import type { OperationContext } from './operation-context.ts'
import { readAccount, readCharge, readDeposit, readPayout, readRefund, readWithdrawal } from './read-input.ts'

/** The TaskEither face: nothing is sent until the returned function is called. */
export interface PaymentTasks {
  deposit(input: DepositInput): TaskEither<PaymentError, Checkout & Routed>
  refund(input: RefundInput): TaskEither<PaymentError, Outcome & Routed>
  payout(input: PayoutInput): TaskEither<PaymentError, Outcome & Routed>
  withdrawal(input: WithdrawalInput): TaskEither<PaymentError, Checkout & Routed>
  account(input: AccountInput): TaskEither<PaymentError, Checkout & Routed>
  charge(input: ChargeInput): TaskEither<PaymentError, Outcome & Routed>
}

/** The operations as tasks: the input is read, then the rail is asked, unless the process is closing. */
export const createTasks = <Tx>(context: OperationContext<Tx>, closing: GracefulShutdown): PaymentTasks => {
  const { config } = context
  return {
    deposit: (input) =>
      unlessClosed(async () => {
        const read = readDeposit(config.active, input)
        return isLeft(read) ? read : executeOperation(context, 'deposit', read.right.input, read.right.intent)()
      }),
    refund: (input) =>
      unlessClosed(async () => {
        const read = readRefund(input)
        return isLeft(read) ? read : executeOperation(context, 'refund', read.right.input, read.right.intent)()
      }),
    payout: (input) =>
      unlessClosed(async () => {
        const read = readPayout(config.active, input)
        if (isLeft(read)) return read
        const source = await sourceOf(config, read.right.intent)
        return isLeft(source)
          ? source
          : executeOperation(context, 'payout', read.right.input, read.right.intent, source.right)()
      }),
    charge: (input) =>
      unlessClosed(async () => {
        const read = readCharge(input)
        if (isLeft(read)) return read
        const source = await sourceOf(config, read.right.intent)
        return isLeft(source)
          ? source
          : executeOperation(context, 'charge', read.right.input, read.right.intent, source.right)()
      }),
    account: (input) =>
      unlessClosed(async () => {
        const read = readAccount(config.active, input)
        return isLeft(read) ? read : executeOperation(context, 'account', read.right.input, read.right.intent)()
      }),
    withdrawal: (input) =>
      unlessClosed(async () => {
        const read = readWithdrawal(config.active, input)
        return isLeft(read) ? read : executeOperation(context, 'withdrawal', read.right.input, read.right.intent)()
      }),
  }

  function unlessClosed<A>(task: TaskEither<PaymentError, A>): TaskEither<PaymentError, A> {
    return async () => closing.run(task) ?? left(closed())
  }
}

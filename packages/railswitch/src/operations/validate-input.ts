import {
  type AccountInput,
  accountSchema,
  type ChargeInput,
  chargeSchema,
  type DepositInput,
  depositSchema,
  type Either,
  invalid,
  isLeft,
  left,
  type Money,
  noMoney,
  type PaymentError,
  type PayoutInput,
  parseMoney,
  parsePaymentRef,
  payoutSchemaOf,
  type RefundInput,
  refundSchema,
  right,
  toIssues,
  type WithdrawalInput,
  withdrawalSchema,
} from '@railswitch/core'
import type { ZodType } from 'zod'
import type { ReadyConfig, RoutingContext } from '../config/payments-config.ts'
import type { IntentDraft } from './operation-context.ts'

/** A valid input, and the intent that it describes. */
export interface ValidInput<I> {
  readonly input: I
  readonly intent: IntentDraft
}

type Active = ReadyConfig<unknown>['active']

export const readDeposit = (active: Active, input: DepositInput): Either<PaymentError, ValidInput<DepositInput>> =>
  readCheckout('deposit', depositSchema, active, input)

export const readWithdrawal = (
  active: Active,
  input: WithdrawalInput,
): Either<PaymentError, ValidInput<WithdrawalInput>> => readCheckout('withdrawal', withdrawalSchema, active, input)

const readCheckout = <I extends DepositInput>(
  operation: 'deposit' | 'withdrawal',
  schema: ZodType<I>,
  active: Active,
  unvalidated: I,
): Either<PaymentError, ValidInput<I>> => {
  const parsed = parseInput(schema, unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, customer } = parsed.right
  const rail = chooseRail(active, { operation, reference, amount, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.right, attempt }
  return right({ input, intent: { kind: operation, rail: rail.right, reference, attempt, expect: amount } })
}

/** A payout to the account of an earlier payment uses its rail; a payout to bank details uses the active rail. */
export const readPayout = (active: Active, unvalidated: PayoutInput): Either<PaymentError, ValidInput<PayoutInput>> => {
  const parsed = parseInput(payoutSchemaOf(unvalidated), unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, to } = parsed.right
  const payment = 'payment' in to ? to.payment : undefined
  const rail = payment
    ? right(parsePaymentRef(payment)?.rail ?? '')
    : chooseRail(active, { operation: 'payout', reference, amount, country: 'account' in to ? to.account.country : '' })
  if (isLeft(rail)) return rail
  return right({
    input: { ...parsed.right, attempt },
    intent: {
      kind: 'payout',
      rail: rail.right,
      reference,
      attempt,
      expect: amount,
      ...(payment && { account: payment }),
    },
  })
}

/** A charge is a deposit from a known account, at the account's rail. */
export const readCharge = (unvalidated: ChargeInput): Either<PaymentError, ValidInput<ChargeInput>> => {
  const parsed = parseInput(chargeSchema, unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, from } = parsed.right
  const rail = parsePaymentRef(from.payment)?.rail ?? ''
  const input = { ...parsed.right, attempt }
  return right({
    input,
    intent: { kind: 'deposit', rail, reference, attempt, expect: amount, account: from.payment },
  })
}

export const readAccount = (
  active: Active,
  unvalidated: AccountInput,
): Either<PaymentError, ValidInput<AccountInput>> => {
  const parsed = accountSchema.safeParse(unvalidated)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error)))
  const { reference, attempt = 1, customer } = parsed.data
  const rail = chooseRail(active, { operation: 'account', reference, amount: null, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.data, attempt }
  return right({ input, intent: { kind: 'account', rail: rail.right, reference, attempt, expect: noMoney } })
}

const chooseRail = (active: Active, context: RoutingContext): Either<PaymentError, string> => {
  try {
    return right(typeof active === 'string' ? active : active(context))
  } catch {
    const issue = {
      field: 'active',
      rule: 'threw an error instead of returning a rail',
      fix: 'return the name of a rail for every payment',
    }
    return left(invalid('invalid_configuration', [issue]))
  }
}

/** A refund uses the recorded rail of its deposit, whatever rail is active now. */
export const readRefund = (unvalidated: RefundInput): Either<PaymentError, ValidInput<RefundInput>> => {
  const parsed = parseInput(refundSchema, unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, payment } = parsed.right
  const rail = parsePaymentRef(payment)?.rail ?? ''
  return right({
    input: { ...parsed.right, attempt },
    intent: { kind: 'refund', rail, reference, attempt, expect: amount, of: payment },
  })
}

const parseInput = <I extends { readonly amount: Money }>(
  schema: ZodType<I>,
  unvalidated: I,
): Either<PaymentError, I> => {
  const parsed = schema.safeParse(unvalidated)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error)))
  const amount = parseMoney(parsed.data.amount)
  return isLeft(amount) ? left(invalid('invalid_input', amount.left)) : right({ ...parsed.data, amount: amount.right })
}

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

/** An input that holds, and what is asked by it. */
export interface ValidInput<I> {
  readonly input: I
  readonly intent: IntentDraft
}

type Active = ReadyConfig<unknown>['active']

export const readDeposit = (active: Active, given: DepositInput): Either<PaymentError, ValidInput<DepositInput>> =>
  readCheckout('deposit', depositSchema, active, given)

export const readWithdrawal = (
  active: Active,
  given: WithdrawalInput,
): Either<PaymentError, ValidInput<WithdrawalInput>> => readCheckout('withdrawal', withdrawalSchema, active, given)

const readCheckout = <I extends DepositInput>(
  operation: 'deposit' | 'withdrawal',
  schema: ZodType<I>,
  active: Active,
  given: I,
): Either<PaymentError, ValidInput<I>> => {
  const parsed = parseInput(schema, given)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, customer } = parsed.right
  const rail = chooseRail(active, { operation, reference, amount, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.right, attempt }
  return right({ input, intent: { kind: operation, rail: rail.right, reference, attempt, expect: amount } })
}

/** To a depositor at the rail that took the deposit; to bank details at the one that is active. */
export const readPayout = (active: Active, given: PayoutInput): Either<PaymentError, ValidInput<PayoutInput>> => {
  const parsed = parseInput(payoutSchemaOf(given), given)
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

/** A deposit of a known account, at its rail. */
export const readCharge = (given: ChargeInput): Either<PaymentError, ValidInput<ChargeInput>> => {
  const parsed = parseInput(chargeSchema, given)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, from } = parsed.right
  const rail = parsePaymentRef(from.payment)?.rail ?? ''
  const input = { ...parsed.right, attempt }
  return right({
    input,
    intent: { kind: 'deposit', rail, reference, attempt, expect: amount, account: from.payment },
  })
}

export const readAccount = (active: Active, given: AccountInput): Either<PaymentError, ValidInput<AccountInput>> => {
  const parsed = accountSchema.safeParse(given)
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
      rule: 'threw instead of naming a rail',
      fix: 'let it return a name for every payment',
    }
    return left(invalid('invalid_configuration', [issue]))
  }
}

/** A refund goes to the rail that its deposit recorded, whatever is active now. */
export const readRefund = (given: RefundInput): Either<PaymentError, ValidInput<RefundInput>> => {
  const parsed = parseInput(refundSchema, given)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, payment } = parsed.right
  const rail = parsePaymentRef(payment)?.rail ?? ''
  return right({
    input: { ...parsed.right, attempt },
    intent: { kind: 'refund', rail, reference, attempt, expect: amount, of: payment },
  })
}

const parseInput = <I extends { readonly amount: Money }>(schema: ZodType<I>, given: I): Either<PaymentError, I> => {
  const parsed = schema.safeParse(given)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error)))
  const amount = parseMoney(parsed.data.amount)
  return isLeft(amount) ? left(invalid('invalid_input', amount.left)) : right({ ...parsed.data, amount: amount.right })
}

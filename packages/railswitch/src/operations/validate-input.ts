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
  type MandateImportInput,
  type MandateInput,
  type Money,
  mandateImportSchema,
  mandateSchema,
  noMoney,
  type PaymentError,
  type PayoutInput,
  parseMoney,
  parsePaymentRef,
  payoutSchemaOf,
  type RefundInput,
  refundSchema,
  right,
  type Schema,
  toIssues,
  type WithdrawalInput,
  withdrawalSchema,
} from '@railswitch/core'
import type { ReadyConfig, RoutingContext } from '../config/payments-config.ts'
import type { IntentDraft } from './operation-context.ts'

/** A valid input, and the intent that it describes. */
export interface ValidInput<I> {
  readonly input: I
  readonly intent: IntentDraft
}

/** What chooses the rail of a new payment. */
export type Routing = Pick<ReadyConfig<unknown>, 'active' | 'rails'>

export const readDeposit = (routing: Routing, input: DepositInput): Either<PaymentError, ValidInput<DepositInput>> =>
  readCheckout('deposit', depositSchema, routing, input)

export const readWithdrawal = (
  routing: Routing,
  input: WithdrawalInput,
): Either<PaymentError, ValidInput<WithdrawalInput>> => readCheckout('withdrawal', withdrawalSchema, routing, input)

const readCheckout = <I extends DepositInput>(
  operation: 'deposit' | 'withdrawal',
  schema: Schema<I>,
  routing: Routing,
  unvalidated: I,
): Either<PaymentError, ValidInput<I>> => {
  const parsed = parseInput(schema, unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, customer } = parsed.right
  const rail = chooseRail(routing, { operation, reference, amount, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.right, attempt }
  return right({ input, intent: { kind: operation, rail: rail.right, reference, attempt, expect: amount } })
}

/** A payout to the account of an earlier payment uses its rail; a payout to bank details uses the active rail. */
export const readPayout = (
  routing: Routing,
  unvalidated: PayoutInput,
): Either<PaymentError, ValidInput<PayoutInput>> => {
  const parsed = parseInput(payoutSchemaOf(unvalidated), unvalidated)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, to } = parsed.right
  const payment = 'payment' in to ? to.payment : undefined
  const rail = payment
    ? right(parsePaymentRef(payment)?.rail ?? '')
    : chooseRail(routing, {
        operation: 'payout',
        reference,
        amount,
        country: 'account' in to ? to.account.country : '',
      })
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
  routing: Routing,
  unvalidated: AccountInput,
): Either<PaymentError, ValidInput<AccountInput>> => readWithoutMoney('account', accountSchema, routing, unvalidated)

export const readMandate = (
  routing: Routing,
  unvalidated: MandateInput,
): Either<PaymentError, ValidInput<MandateInput>> => readWithoutMoney('mandate', mandateSchema, routing, unvalidated)

const readWithoutMoney = <I extends MandateInput>(
  operation: 'account' | 'mandate',
  schema: Schema<I>,
  routing: Routing,
  unvalidated: I,
): Either<PaymentError, ValidInput<I>> => {
  const parsed = schema.safeParse(unvalidated)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error, schema)))
  const { reference, attempt = 1, customer } = parsed.data
  const rail = chooseRail(routing, { operation, reference, amount: null, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.data, attempt }
  return right({ input, intent: { kind: operation, rail: rail.right, reference, attempt, expect: noMoney } })
}

/** A mandate is imported at the rail whose vendor knows the account. */
export const readMandateImport = (
  unvalidated: MandateImportInput,
): Either<PaymentError, ValidInput<MandateImportInput>> => {
  const parsed = mandateImportSchema.safeParse(unvalidated)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error, mandateImportSchema)))
  const { reference, attempt = 1, from } = parsed.data
  const rail = parsePaymentRef(from.payment)?.rail ?? ''
  const intent = { kind: 'mandate', rail, reference, attempt, expect: noMoney, account: from.payment } as const
  return right({ input: { ...parsed.data, attempt }, intent })
}

const chooseRail = ({ active, rails }: Routing, context: RoutingContext): Either<PaymentError, string> => {
  if (typeof active === 'string') return right(active)
  const field = 'active'
  const names = [...rails.keys()]
  try {
    const chosen: unknown = active(context)
    // A name of no rail is refused later, because a call that is repeated uses its recorded rail.
    if (typeof chosen === 'string') return right(chosen)
    const rule = `must return the name of a rail, and returned ${typeName(chosen)}`
    return left(invalid('invalid_configuration', [{ field, rule, fix: `return one of ${names.join(', ')}` }]))
  } catch (cause) {
    const rule = 'threw an error instead of returning a rail'
    return left(
      invalid('invalid_configuration', [{ field, rule, fix: 'return the name of a rail for every payment' }], {
        cause,
      }),
    )
  }
}

const typeName = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing'
  return value instanceof Promise ? 'a promise' : `a value of type ${typeof value}`
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
  schema: Schema<I>,
  unvalidated: I,
): Either<PaymentError, I> => {
  const parsed = schema.safeParse(unvalidated)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error, schema)))
  const amount = parseMoney(parsed.data.amount)
  return isLeft(amount) ? left(invalid('invalid_input', amount.left)) : right({ ...parsed.data, amount: amount.right })
}

import {
  type ChargeInput,
  type Collection,
  type Issue,
  intentOf,
  invalid,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentProvider,
  paymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { readResult } from '../client/map-error.ts'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import { ownAttributes } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'
import { deriveUuid } from '../wire/uuid.ts'
import { inputIssues } from './input-issues.ts'
import { callOptions, orderData, orderIdOf, orderUnknown } from './order-data.ts'
import { toOutcome } from './outcome.ts'
import { chargeableAccountOf, noChargeableAccount } from './reported-account.ts'

/** Collects from an account: DirectDebit for a mandate of managed direct debit, otherwise the older Charge. */
export const startCharge =
  (client: TrustlyClient, now: () => Date) =>
  (input: ChargeInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const issues = [...inputIssues(input), ...(call.resumed ? [] : dateIssues(input, now()))]
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    return usesMandate(call.intent) ? directDebit(client, now, input, call) : charge(client, now, input, call)
  }

type Start = (
  client: TrustlyClient,
  now: () => Date,
  input: ChargeInput,
  call: OperationCall,
) => TaskEither<PaymentError, OperationResponse<Outcome>>

/** @see https://docs.trustly.com/api/mdd-directdebit (read 2026-11-21) */
const directDebit: Start = (client, now, input, call) => {
  const AccountID = call.intent.settings.account
  if (AccountID === undefined) return taskEither.left(noChargeableAccount(call))
  const { EndUserID: _mandates, ...order } = orderData(input.customer.id, call)
  const data = {
    ...order,
    AccountID,
    Amount: toAmount(input.amount),
    Currency: input.amount.currency,
    Attributes: {
      ...ownAttributes(input),
      ShopperStatement: input.statement ?? '',
      ...(input.collection && { CollectionType: collectionTypes[input.collection] }),
      ...(input.paymentDate !== undefined && { PaymentDate: input.paymentDate }),
    },
  }
  return toOutcome(client.directDebit(data, callOptions(call)), paymentRef(call.intent), { method: 'DirectDebit', now })
}

const collectionTypes = {
  initial: 'INITIAL',
  recurring: 'RECURRING',
  resubmitted: 'RE_SUBMITTED',
  final: 'FINAL',
} as const satisfies Readonly<Record<Collection, string>>

/** Charge has no collection types. @see https://docs.trustly.com/api/charge (read 2026-11-21) */
const charge: Start = (client, now, input, call) => {
  const AccountID = chargeableAccountOf(call)
  if (AccountID === null) return taskEither.left(noChargeableAccount(call))
  const data = {
    ...orderData(input.customer.id, call),
    AccountID,
    Amount: toAmount(input.amount),
    Currency: input.amount.currency,
    Attributes: {
      ...ownAttributes(input),
      ShopperStatement: input.statement ?? '',
      Email: input.customer.email,
      ...(input.paymentDate !== undefined && { PaymentDate: input.paymentDate }),
    },
  }
  return toOutcome(client.charge(data, callOptions(call)), paymentRef(call.intent), { method: 'Charge', now })
}

/** Where a bank is, the day has begun at least as early as in UTC. */
const dateIssues = ({ paymentDate }: ChargeInput, now: Date): readonly Issue[] =>
  paymentDate !== undefined && paymentDate < now.toISOString().slice(0, 10)
    ? [{ field: 'paymentDate', rule: 'is in the past', fix: 'pass a later day, or leave it out for the earliest one' }]
    : []

/**
 * CancelDirectDebit or CancelCharge, with a UUID derived from the charge: Trustly repeats its response to a repeated cancellation.
 * @see https://docs.trustly.com/api/cancelcharge (read 2026-11-21)
 */
export const cancelCharge =
  (client: TrustlyClient): NonNullable<PaymentProvider['cancelCharge']> =>
  (record, payment, signal) => {
    const OrderID = orderIdOf(record, payment)
    if (OrderID === null) return taskEither.left(orderUnknown('charge'))
    const intent = intentOf(record, payment)?.intent
    const isDirectDebit = intent !== undefined && usesMandate(intent)
    const method = isDirectDebit ? 'CancelDirectDebit' : 'CancelCharge'
    const cancel = isDirectDebit ? client.cancelDirectDebit : client.cancelCharge
    return pipe(
      cancel({ OrderID }, { uuid: deriveUuid(`${payment}:cancel`), signal }),
      taskEither.flatMap((response) => taskEither.fromEither(readResult(method, response))),
      taskEither.map(() => undefined),
    )
  }

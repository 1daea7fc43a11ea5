import {
  type ChargeInput,
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
import { ownAttributes } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'
import { deriveUuid } from '../wire/uuid.ts'
import { inputIssues } from './input-issues.ts'
import { callOptions, orderData, orderIdOf, orderUnknown } from './order-data.ts'
import { toOutcome } from './outcome.ts'
import { chargeableAccountOf, noChargeableAccount } from './reported-account.ts'

/** Charge: collects from an account with a mandate. @see https://docs.trustly.com/api/charge (read 2026-11-21) */
export const startCharge =
  (client: TrustlyClient, now: () => Date) =>
  (input: ChargeInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const issues = inputIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
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

/** CancelCharge, with a UUID derived from the charge: Trustly repeats its response to a repeated cancellation. @see https://docs.trustly.com/api/cancelcharge (read 2026-11-21) */
export const cancelCharge =
  (client: TrustlyClient): NonNullable<PaymentProvider['cancelCharge']> =>
  (record, charge, signal) => {
    const orderId = orderIdOf(record, charge)
    if (orderId === null) return taskEither.left(orderUnknown('charge'))
    return pipe(
      client.cancelCharge({ OrderID: orderId }, { uuid: deriveUuid(`${charge}:cancel`), signal }),
      taskEither.flatMap((response) => taskEither.fromEither(readResult('CancelCharge', response))),
      taskEither.map(() => undefined),
    )
  }

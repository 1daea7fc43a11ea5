import {
  type Answered,
  type Call,
  type ChargeInput,
  invalid,
  type Outcome,
  type PaymentError,
  type PaymentProvider,
  paymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyClient } from '../client/client.ts'
import { readResult } from '../client/map-error.ts'
import { ownAttributes } from '../provider-options.ts'
import { deriveUuid } from '../wire/uuid.ts'
import { fieldIssues, orderData } from './checkout-data.ts'
import { chargeableAccountOf, noChargeableAccount } from './known-account.ts'
import { orderIdOf, orderUnknown } from './order-id.ts'
import { toOutcome } from './outcome.ts'
import { uuidOf } from './uuid-of.ts'

/** Charge of an account with a mandate. @see https://docs.trustly.com/api/charge (read 2026-11-21) */
export const startCharge =
  (client: TrustlyClient, now: () => Date) =>
  (input: ChargeInput, call: Call): TaskEither<PaymentError, Answered<Outcome>> => {
    const issues = fieldIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const AccountID = chargeableAccountOf(call)
    if (AccountID === null) return taskEither.left(noChargeableAccount(call))
    const { resumed, signal, intent } = call
    const data = {
      ...orderData(input.customer.id, call),
      AccountID,
      Amount: input.amount.value,
      Currency: input.amount.currency,
      Attributes: {
        ...ownAttributes(input),
        ShopperStatement: input.statement ?? '',
        Email: input.customer.email,
        ...(input.paymentDate !== undefined && { PaymentDate: input.paymentDate }),
      },
    }
    return pipe(
      client.charge(data, { uuid: uuidOf(intent), resumed, signal }),
      toOutcome('Charge', paymentRef(intent), now),
      taskEither.map(({ result, orderId }) => ({ result, vendorIds: orderId === null ? [] : [orderId] })),
    )
  }

/** CancelCharge, with a UUID of the charge: the same again is answered as before. @see https://docs.trustly.com/api/cancelcharge (read 2026-11-21) */
export const cancelCharge =
  (client: TrustlyClient): NonNullable<PaymentProvider['cancelCharge']> =>
  (record, charge, signal) => {
    const orderId = orderIdOf(record, charge)
    if (orderId === null) return taskEither.left(orderUnknown('charge'))
    return pipe(
      client.cancelCharge({ OrderID: orderId }, { uuid: deriveUuid(`${charge}:cancel`), signal }),
      taskEither.flatMap((answer) => taskEither.fromEither(readResult('CancelCharge', answer))),
      taskEither.map(() => undefined),
    )
  }

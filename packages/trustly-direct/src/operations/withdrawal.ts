import {
  type Checkout,
  invalid,
  type OperationCall,
  type OperationResponse,
  ownMethods,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  pipe,
  type TaskEither,
  taskEither,
  type WithdrawalInput,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { readResult } from '../client/map-error.ts'
import { ownAttributes } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'
import { deriveUuid } from '../wire/uuid.ts'
import { checkoutAttributes, toCheckout } from './checkout.ts'
import { inputIssues } from './input-issues.ts'
import { callOptions, orderData, orderIdOf, orderUnknown } from './order-data.ts'

/**
 * Withdraw: the customer chooses an account in the checkout, and a `debit` notification then asks whether the money is reserved.
 * Trustly no longer offers it to new merchants. @see https://docs.trustly.com/api/withdraw (read 2026-11-21)
 */
export const startWithdrawal =
  (client: TrustlyClient) =>
  (input: WithdrawalInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> => {
    const issues = inputIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const data = {
      ...orderData(input.customer.id, call),
      Currency: input.amount.currency,
      Attributes: { ...ownAttributes(input), SuggestedAmount: toAmount(input.amount), ...checkoutAttributes(input) },
    }
    return pipe(client.withdraw(data, callOptions(call)), taskEither.map(toCheckout(paymentRef(call.intent))))
  }

/**
 * ApproveWithdrawal and DenyWithdrawal, with a UUID derived from the decision: Trustly repeats its response to a repeated decision.
 * After a rejection the UUID is a new one, because a rejection can change: it comes while the `debit` is not answered yet.
 * @see https://docs.trustly.com/api/approvewithdrawal (read 2026-11-21)
 */
export const decideWithdrawal =
  (client: TrustlyClient): NonNullable<PaymentProvider['decideWithdrawal']> =>
  (record, withdrawal, decision, signal) => {
    const orderId = orderIdOf(record, withdrawal)
    if (orderId === null) return taskEither.left(orderUnknown('withdrawal'))
    const [method, decide] =
      decision === 'approve'
        ? (['ApproveWithdrawal', client.approveWithdrawal] as const)
        : (['DenyWithdrawal', client.denyWithdrawal] as const)
    return pipe(
      decide({ OrderID: orderId }, { uuid: deriveUuid(decisionName(record, withdrawal, decision)), signal }),
      taskEither.flatMap((response) => taskEither.fromEither(readResult(method, response))),
      taskEither.map(() => undefined),
    )
  }

const decisionName = ({ reports }: PaymentRecord, withdrawal: PaymentRef, decision: 'approve' | 'deny'): string => {
  const refused = reports.filter(
    ({ intent, method, members }) =>
      intent === withdrawal && method === ownMethods.undecided && members.decision === decision,
  ).length
  return `${withdrawal}:${decision}${refused === 0 ? '' : `:${refused}`}`
}

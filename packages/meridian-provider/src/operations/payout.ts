import {
  type Issue,
  invalid,
  left,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  paymentRef,
  payoutFields,
  type Runtime,
  type TaskEither,
} from '@railswitch/core/provider'
import type { MeridianClient } from '../client/client.ts'
import { toAmount } from '../wire/money.ts'
import { accountIssues, amountIssues, ibanOf } from './input-issues.ts'
import { toOutcome } from './outcome.ts'
import { depositUnknown, vendorIdOf } from './vendor-id.ts'

export const payoutRequirements = payoutFields

/** Pays out to an IBAN, or to the account from which a deposit was paid. */
export const startPayout =
  (client: MeridianClient, runtime: Runtime) =>
  (input: PayoutInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  async () => {
    const issues = issuesOf(input)
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    const to = destinationOf(input, call)
    if (to === null) return left(depositUnknown())
    const { intent, callbackUrl, resumed, signal } = call
    const reference = merchantReference(intent)
    const { statement } = intent.settings
    const body = {
      reference,
      ...toAmount(input.amount),
      callbackUrl,
      ...(statement !== undefined && { statement }),
      to,
    }
    const opening = { idempotencyKey: `payout:${reference}`, body, resumed, signal }
    return toOutcome(await client.openPayout(opening)(), paymentRef(intent), runtime)
  }

const issuesOf = (input: PayoutInput): readonly Issue[] => [
  ...amountIssues(input.amount),
  ...('account' in input.to ? accountIssues(input.to.account) : []),
]

const destinationOf = (input: PayoutInput, { intent, source }: OperationCall): object | null => {
  if ('account' in input.to) {
    const { firstName, lastName } = input.customer as { readonly firstName: string; readonly lastName: string }
    return { iban: ibanOf(input.to.account.accountNumber), holder: `${firstName} ${lastName}` }
  }
  const payin = source ? vendorIdOf(source, intent.account) : null
  return payin === null ? null : { payin }
}

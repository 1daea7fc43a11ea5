import {
  type Either,
  type ErrorReporting,
  left,
  type Operation,
  type OperationCall,
  type OperationInput,
  type OperationResponse,
  type OperationResult,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  paymentRef,
  providerFailed,
  type RecordedIntent,
  type TaskEither,
  type Timers,
} from '@railswitch/core'
import { callProvider } from './call-provider.ts'
import { statementIn } from './record-intent.ts'

/** A recorded intent that must be sent. */
export interface Sending {
  readonly recorded: RecordedIntent
  readonly record: PaymentRecord
  readonly source?: PaymentRecord
  readonly resumed: boolean
}

/** Calls the provider with the settings of the recorded intent. */
export const send = async <K extends Operation>(
  { provider, ...context }: Timers & ErrorReporting & { readonly provider: PaymentProvider },
  operation: K,
  input: OperationInput<K>,
  { recorded: { intent }, record, source, resumed }: Sending,
): Promise<Either<PaymentError, OperationResponse<OperationResult<K>>>> => {
  const { callbackUrl, statement } = intent.settings
  const call = { intent, record, ...(source && { source }), callbackUrl, resumed }
  const withStatement = operation === 'refund' ? input : { ...input, statement: statementIn(input) ?? statement }
  const run = provider.operations[operation] as
    | ((
        input: OperationInput<K>,
        call: OperationCall,
      ) => TaskEither<PaymentError, OperationResponse<OperationResult<K>>>)
    | undefined
  if (!run) return left(providerFailed(provider.id))
  const about = { payment: paymentRef(intent) }
  return callProvider(context, { provider, about, run: (signal) => run(withStatement, { ...call, signal }) })
}

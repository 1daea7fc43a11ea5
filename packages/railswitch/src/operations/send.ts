import {
  type Either,
  errorName,
  type Logger,
  left,
  longestCallMs,
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
  withTimeoutSignal,
} from '@railswitch/core'
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
  { provider, logger, after }: Timers & { readonly provider: PaymentProvider; readonly logger: Logger },
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
  try {
    if (run)
      return await withTimeoutSignal({ after }, longestCallMs, (signal) => run(withStatement, { ...call, signal })())
  } catch (error) {
    logger.error({ payment: paymentRef(intent), error: errorName(error) }, 'the provider threw an error')
  }
  return left(providerFailed(provider.id))
}

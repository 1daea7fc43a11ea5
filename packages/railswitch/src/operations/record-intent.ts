import {
  type BeginResult,
  type Either,
  errorName,
  type Intent,
  type IntentSettings,
  left,
  type Operation,
  type OperationInput,
  PaymentError,
  paymentRef,
  requestFingerprint,
  right,
  storeFailed,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import type { IntentDraft, OperationContext } from './operation-context.ts'

/** Records the intent before a byte is sent. `firstFingerprint`: the fingerprint of the first call, if this call repeats it. */
export const recordIntent = async <K extends Operation, Tx>(
  { config, tokens }: OperationContext<Tx>,
  operation: K,
  input: OperationInput<K>,
  draft: IntentDraft,
  firstFingerprint?: string,
): Promise<Either<PaymentError, BeginResult>> => {
  const { store, rules, logger } = config
  const intent: Intent = { ...draft, settings: await settingsOf({ config, tokens }, draft, input) }
  const fingerprints =
    firstFingerprint === undefined ? fingerprintsOf(config, { operation, input }) : ([firstFingerprint] as const)
  try {
    return right(await store.begin({ intent, fingerprints }, rules))
  } catch (cause) {
    logger.error({ payment: paymentRef(intent), error: errorName(cause) }, 'the store could not record an intent')
    // A PaymentError of our own stores has a useful hint. The message of a driver's error may contain secrets.
    if (cause instanceof PaymentError) return left(cause)
    const message = 'The store could not record the request.'
    return left(storeFailed({ message, hint: 'Nothing was sent: repair the store, then call again.' }, { cause }))
  }
}

/** The fingerprints under every configured secret: a request that was begun under an older secret must still be recognised. */
const fingerprintsOf = <Tx>(
  { callbacks: { secrets } }: ReadyConfig<Tx>,
  request: object,
): readonly [string, ...string[]] => {
  const [current, ...older] = secrets
  return [requestFingerprint(request, current), ...older.map((secret) => requestFingerprint(request, secret))]
}

const settingsOf = async <Tx>(
  { config: { callbacks, statement }, tokens }: Pick<OperationContext<Tx>, 'config' | 'tokens'>,
  draft: IntentDraft,
  input: OperationInput<Operation>,
): Promise<IntentSettings> => {
  const statementOfCall = draft.account ? (statementIn(input) ?? statement) : statement
  return {
    callbackUrl: `${callbacks.url}/${draft.rail}/${await tokens.sign(draft)}`,
    ...(statementOfCall !== undefined && draft.kind !== 'refund' && { statement: statementOfCall }),
    ...(draft.account && 'customer' in input && { customerId: input.customer.id }),
  }
}

export const statementIn = (input: OperationInput<Operation>): string | undefined =>
  'statement' in input ? input.statement : undefined

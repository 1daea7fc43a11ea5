import {
  type BeginResult,
  type Either,
  type Intent,
  type IntentSettings,
  left,
  type Operation,
  type OperationInput,
  type PaymentError,
  paymentRef,
  reportError,
  requestFingerprint,
  right,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { storeError } from '../config/store-errors.ts'
import type { IntentDraft, OperationContext, RequestExtras } from './operation-context.ts'

/** Records the intent before a byte is sent. `firstFingerprint`: the fingerprint of the first call, if this call repeats it. */
export const recordIntent = async <K extends Operation, Tx>(
  { config, tokens }: OperationContext<Tx>,
  operation: K,
  input: OperationInput<K>,
  draft: IntentDraft,
  { fingerprint: firstFingerprint, account }: RequestExtras = {},
): Promise<Either<PaymentError, BeginResult>> => {
  const { store, rules, logger } = config
  const intent: Intent = { ...draft, settings: await settingsOf({ config, tokens }, draft, input, account) }
  const fingerprints =
    firstFingerprint === undefined ? fingerprintsOf(config, { operation, input }) : ([firstFingerprint] as const)
  try {
    return right(await store.begin({ intent, fingerprints }, rules))
  } catch (cause) {
    const message = 'the store could not record an intent'
    // Only in the log, because the call returns it.
    reportError({ logger }, cause, { during: 'store', message, payment: paymentRef(intent) })
    return left(storeError('begin', cause))
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
  account: string | undefined,
): Promise<IntentSettings> => {
  const statementOfCall = draft.account ? (statementIn(input) ?? statement) : statement
  return {
    callbackUrl: `${callbacks.url}/${draft.rail}/${await tokens.sign(draft)}`,
    ...(statementOfCall !== undefined && draft.kind !== 'refund' && { statement: statementOfCall }),
    ...(draft.account && 'customer' in input && { customerId: input.customer.id }),
    ...(account !== undefined && { account }),
  }
}

export const statementIn = (input: OperationInput<Operation>): string | undefined =>
  'statement' in input ? input.statement : undefined

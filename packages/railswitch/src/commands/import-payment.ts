import type { Pipeline } from '@railswitch/callbacks'
import {
  type Arrival,
  type Conclusion,
  conflict,
  fingerprintOf,
  type Intent,
  importId,
  invalid,
  ownMethods,
  PaymentError,
  paymentRef,
  storeFailed,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { confirmImport } from './confirm-import.ts'
import { canonical, type ImportResult, importedIn, importIssues, type PaymentImport, railOf } from './import-input.ts'

/**
 * Records it as if it had been begun here, with what is known of it; no handler runs, because it is old. Where it was
 * cut off, the same import again completes it.
 */
export const importPayment = async <Tx>(
  config: ReadyConfig<Tx>,
  pipeline: Pipeline,
  given: PaymentImport,
): Promise<ImportResult> => {
  const issues = importIssues(config, given)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const intent = await recordIntent(config, given)
  // How far it had come is recorded first: what was reported of it before is applied together with its vendor's ids.
  const arrival = arrivalOf(config, intent, given)
  if (arrival && (await pipeline.record(arrival)) === 'not_stored') throw notStored()
  await recordVendorIds(config, intent, given)
  const found = await config.store.find(intent.reference)
  if (found) await pipeline.handlePending(found.key)
  const { begunAt } = importedIn(given)
  const payment = paymentRef(intent)
  const confirmed = await confirmImport(config, pipeline, {
    payment,
    reference: intent.reference,
    by: given.by,
    why: given.why,
    ...(begunAt !== undefined && { begunAt: new Date(begunAt).toISOString() }),
  })
  return { payment, confirmed }
}

const recordIntent = async <Tx>(config: ReadyConfig<Tx>, given: PaymentImport): Promise<Intent> => {
  const { store, rules, callbacks } = config
  const intent = intentOf(config, given)
  const { begunAt: _searchedFrom, ...adopted } = importedIn(given)
  const request = { adopted }
  const [current, ...older] = callbacks.secrets
  const olderFingerprints = older.map((secret) => fingerprintOf(request, secret))
  const begun = await store.begin(
    { intent, fingerprints: [fingerprintOf(request, current), ...olderFingerprints] },
    rules,
  )
  if (begun.state === 'refused') throw new PaymentError(begun.error)
  return intent
}

/** An import whose vendor id is another payment's is removed again. */
const recordVendorIds = async <Tx>(
  { store, rules }: ReadyConfig<Tx>,
  intent: Intent,
  given: PaymentImport,
): Promise<void> => {
  const payment = paymentRef(intent)
  const conclusion: Conclusion =
    intent.kind === 'deposit'
      ? { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } }
      : { state: 'accepted', result: { status: 'accepted', payment } }
  const learned = { vendorIds: importedIn(given).vendorIds, replaces: false, onlyIfFree: true }
  const [other] = (await store.conclude(intent, conclusion, learned, rules)).taken
  if (other === undefined) return
  await store.conclude(intent, 'not_sent', { vendorIds: [], replaces: false }, rules)
  throw vendorIdTaken(other)
}

const vendorIdTaken = (vendorId: string): PaymentError =>
  conflict({
    message: `The vendor's id ${vendorId} belongs to another payment already.`,
    hint: 'Look that payment up: imported twice, its money would be refunded twice.',
  })

const intentOf = <Tx>({ callbacks }: ReadyConfig<Tx>, given: PaymentImport): Intent => {
  const { reference, amount } = importedIn(given)
  const shared = { reference, attempt: 1, expect: canonical(amount) }
  const kind = 'deposit' in given ? 'deposit' : 'refund' in given ? 'refund' : 'payout'
  const rail = railOf(given)
  const settings = { callbackUrl: `${callbacks.url}/${rail}` }
  return {
    ...shared,
    kind,
    rail,
    settings,
    imported: true,
    ...('refund' in given && { of: given.refund.payment }),
  }
}

/** Null for a payment of which nothing but its start is said. */
const arrivalOf = <Tx>({ now }: ReadyConfig<Tx>, intent: Intent, given: PaymentImport): Arrival | null => {
  if (!('deposit' in given) || given.deposit.state === 'pending') return null
  const { by, why, deposit } = given
  const payment = paymentRef(intent)
  return {
    report: {
      id: importId(payment),
      at: now().toISOString(),
      rail: intent.rail,
      vendorId: deposit.vendorIds[0],
      method: ownMethods.imported,
      money: canonical(deposit.amount),
      members: { state: deposit.state, by, why },
    },
    from: { type: 'own', intent: payment, proof: 'person', learns: false },
  }
}

const notStored = (): PaymentError =>
  storeFailed({
    message: 'The store could not record how far it has come.',
    hint: 'Repair the store, then import the same again.',
  })

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
 * cut off, the same adoption again completes it.
 */
export const importPayment = async <Tx>(
  config: ReadyConfig<Tx>,
  pipeline: Pipeline,
  adoption: PaymentImport,
): Promise<ImportResult> => {
  const issues = importIssues(config, adoption)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const intent = await recordIntent(config, adoption)
  // How far it had come is recorded first: what was reported of it before is applied together with its vendor's ids.
  const arrival = arrivalOf(config, intent, adoption)
  if (arrival && (await pipeline.record(arrival)) === 'not_stored') throw notStored()
  await recordVendorIds(config, intent, adoption)
  const found = await config.store.find(intent.reference)
  if (found) await pipeline.handlePending(found.key)
  const { begunAt } = importedIn(adoption)
  const payment = paymentRef(intent)
  const confirmed = await confirmImport(config, pipeline, {
    payment,
    reference: intent.reference,
    by: adoption.by,
    why: adoption.why,
    ...(begunAt !== undefined && { begunAt: new Date(begunAt).toISOString() }),
  })
  return { payment, confirmed }
}

const recordIntent = async <Tx>(config: ReadyConfig<Tx>, adoption: PaymentImport): Promise<Intent> => {
  const { store, rules, callbacks } = config
  const intent = intentOf(config, adoption)
  const { begunAt: _searchedFrom, ...adopted } = importedIn(adoption)
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
  adoption: PaymentImport,
): Promise<void> => {
  const payment = paymentRef(intent)
  const conclusion: Conclusion =
    intent.kind === 'deposit'
      ? { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } }
      : { state: 'accepted', result: { status: 'accepted', payment } }
  const learned = { vendorIds: importedIn(adoption).vendorIds, replaces: false, onlyIfFree: true }
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

const intentOf = <Tx>({ callbacks }: ReadyConfig<Tx>, adoption: PaymentImport): Intent => {
  const { reference, amount } = importedIn(adoption)
  const shared = { reference, attempt: 1, expect: canonical(amount) }
  const kind = 'deposit' in adoption ? 'deposit' : 'refund' in adoption ? 'refund' : 'payout'
  const rail = railOf(adoption)
  const settings = { callbackUrl: `${callbacks.url}/${rail}` }
  return {
    ...shared,
    kind,
    rail,
    settings,
    adopted: true,
    ...('refund' in adoption && { of: adoption.refund.payment }),
  }
}

/** Null for a payment of which nothing but its start is said. */
const arrivalOf = <Tx>({ now }: ReadyConfig<Tx>, intent: Intent, adoption: PaymentImport): Arrival | null => {
  if (!('deposit' in adoption) || adoption.deposit.state === 'pending') return null
  const { by, why, deposit } = adoption
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
    hint: 'Repair the store, then adopt the same again.',
  })

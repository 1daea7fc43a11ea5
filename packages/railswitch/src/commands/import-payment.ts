import type { Pipeline } from '@railswitch/callbacks'
import {
  type Conclusion,
  conflict,
  type IncomingReport,
  type Intent,
  importReportId,
  invalid,
  ownMethods,
  PaymentError,
  paymentRef,
  requestFingerprint,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { confirmImport } from './confirm-import.ts'
import { canonical, type ImportResult, importedIn, importIssues, type PaymentImport, railOf } from './import-input.ts'
import { recordOrThrow, storeFailedOr } from './record-or-throw.ts'

/**
 * Records a payment as if it had been begun here. No handler runs for its past events. If an import was interrupted, the same import
 * completes it.
 */
export const importPayment = async <Tx>(
  config: ReadyConfig<Tx>,
  pipeline: Pipeline,
  input: PaymentImport,
): Promise<ImportResult> => {
  const issues = importIssues(config, input)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const intent = await recordIntent(config, input)
  // The imported state is recorded first, because earlier reports are applied as soon as the vendor ids are recorded.
  const arrival = arrivalOf(config, intent, input)
  if (arrival) await recordOrThrow(pipeline, arrival, notStored)
  await recordVendorIds(config, intent, input)
  const record = await config.store.find(intent.reference)
  if (record) await pipeline.handlePending(record.key)
  const { begunAt } = importedIn(input)
  const payment = paymentRef(intent)
  const confirmed = await confirmImport(config, pipeline, {
    payment,
    reference: intent.reference,
    by: input.by,
    why: input.why,
    ...(begunAt !== undefined && { begunAt: new Date(begunAt).toISOString() }),
  })
  return { payment, confirmed }
}

const recordIntent = async <Tx>(config: ReadyConfig<Tx>, input: PaymentImport): Promise<Intent> => {
  const { store, rules, callbacks } = config
  const intent = toIntent(config, input)
  const { begunAt: _notCompared, amount, ...imported } = importedIn(input)
  const request = { imported: { ...imported, amount: { value: amount.value, currency: amount.currency } } }
  const [current, ...older] = callbacks.secrets
  const olderFingerprints = older.map((secret) => requestFingerprint(request, secret))
  const begun = await store.begin(
    { intent, fingerprints: [requestFingerprint(request, current), ...olderFingerprints] },
    rules,
  )
  if (begun.state === 'refused') throw new PaymentError(begun.error)
  return intent
}

/** If one of the vendor ids belongs to another payment, the import is removed again. */
const recordVendorIds = async <Tx>(
  { store, rules }: ReadyConfig<Tx>,
  intent: Intent,
  input: PaymentImport,
): Promise<void> => {
  const payment = paymentRef(intent)
  const conclusion: Conclusion =
    intent.kind === 'deposit'
      ? { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } }
      : { state: 'accepted', result: { status: 'accepted', payment } }
  const learned = { vendorIds: importedIn(input).vendorIds, replaces: false, onlyIfFree: true }
  const [taken] = (await store.conclude(intent, conclusion, learned, rules)).taken
  if (taken === undefined) return
  await store.conclude(intent, 'not_sent', { vendorIds: [], replaces: false }, rules)
  throw vendorIdTaken(taken)
}

const vendorIdTaken = (vendorId: string): PaymentError =>
  conflict({
    message: `The vendor id ${vendorId} already belongs to another payment.`,
    hint: 'Check this other payment: if it were imported twice, its money could be refunded twice.',
  })

const toIntent = <Tx>({ callbacks }: ReadyConfig<Tx>, input: PaymentImport): Intent => {
  const { reference, attempt = 1, amount } = importedIn(input)
  const shared = { reference, attempt, expect: canonical(amount) }
  const kind = 'deposit' in input ? 'deposit' : 'refund' in input ? 'refund' : 'payout'
  const rail = railOf(input)
  const settings = { callbackUrl: `${callbacks.url}/${rail}` }
  return {
    ...shared,
    kind,
    rail,
    settings,
    imported: true,
    ...('refund' in input && { of: input.refund.payment }),
  }
}

/** The report of the imported state; null for a payment that is pending. */
const arrivalOf = <Tx>({ now }: ReadyConfig<Tx>, intent: Intent, input: PaymentImport): IncomingReport | null => {
  if (!('deposit' in input) || input.deposit.state === 'pending') return null
  const { by, why, deposit } = input
  const payment = paymentRef(intent)
  return {
    report: {
      id: importReportId(payment),
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

const notStored = storeFailedOr({
  message: 'The store could not record the state of the imported payment.',
  hint: 'Repair the store, then repeat the same import.',
})

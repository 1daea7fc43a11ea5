import type { Pipeline } from '@railswitch/callbacks'
import {
  type FoundReport,
  factsOf,
  intentOf,
  isLeft,
  longestCallMs,
  ownMethods,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  providerFailed,
  type RecordedIntent,
  reportError,
  withTimeoutSignal,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** A recorded import, with the name and reason of the person who imported it. */
export interface Imported {
  readonly payment: PaymentRef
  readonly reference: string
  /** ISO 8601: when it was begun at the vendor, if known. */
  readonly begunAt?: string
  readonly by: string
  readonly why: string
}

/** The result of the look-up: its reports, or the reason why there are none. */
type LookUpOutcome = { readonly found: readonly FoundReport[] } | { readonly reason: string }

/**
 * Looks an import up at its vendor, if the vendor has a look-up, and records what it shows. True: the vendor shows the payment as it was
 * imported. Otherwise the import stays and is marked as unconfirmed, with the name of the person who imported it.
 */
export const confirmImport = async <Tx>(
  config: ReadyConfig<Tx>,
  pipeline: Pipeline,
  imported: Imported,
): Promise<boolean> => {
  const { payment, reference } = imported
  const record = await config.store.find(reference)
  const recorded = record && intentOf(record, payment)
  if (!record || !recorded) return false
  // A provider that throws breaks its contract. The import stays valid all the same.
  const outcome = await withTimeoutSignal(config, longestCallMs, (signal) =>
    lookUpImport(config, record, recorded, { ...imported, signal }),
  ).catch((error: unknown): LookUpOutcome => {
    const failure = providerFailed(recorded.intent.rail, error, { effect: 'not_sent' })
    const message = 'import not confirmed: the look-up threw'
    reportError(config, failure, { during: 'provider', message, payment })
    return { reason: 'the look-up failed' }
  })
  const { rail } = recorded.intent
  for (const { report, intent, learns } of 'found' in outcome ? outcome.found : [])
    await pipeline.record({ report: { ...report, rail }, from: { type: 'own', intent, proof: 'lookup', learns } })
  const reason = 'reason' in outcome ? outcome.reason : await whyUnconfirmed(config, imported, outcome.found)
  if (reason !== null) await pipeline.record(unconfirmed(config, rail, imported, reason))
  return reason === null
}

const lookUpImport = async <Tx>(
  { rails, logger }: ReadyConfig<Tx>,
  record: PaymentRecord,
  { intent }: RecordedIntent,
  { payment, begunAt, signal }: Imported & { readonly signal: AbortSignal },
): Promise<LookUpOutcome> => {
  const provider = rails.get(intent.rail)
  const failed = ({ code, message }: PaymentError): LookUpOutcome => {
    logger.warn({ payment, code, reason: message }, 'import not confirmed: the look-up failed')
    return { reason: `the look-up failed: ${code}` }
  }
  if (intent.kind === 'deposit' && isCredited(record, payment) && provider?.crossCheck) {
    const checked = await provider.crossCheck(record, payment, signal)()
    if (isLeft(checked)) return failed(checked.left)
    return checked.right ? { found: [checked.right] } : { reason: 'the vendor does not show it' }
  }
  if (!provider?.lookUp) return { reason: 'the vendor has no look-up' }
  const result = await provider.lookUp(withoutResponse(record, payment, intent.rail, begunAt), signal)()
  if (isLeft(result)) return failed(result.left)
  const { found, failed: failure } = result.right
  return found.length === 0 && failure ? failed(failure) : { found }
}

/** The record as if the call had no response: look-ups search for such payments, from the day on which they were begun. */
const withoutResponse = (
  record: PaymentRecord,
  payment: PaymentRef,
  rail: string,
  begunAt?: string,
): PaymentRecord => ({
  ...record,
  intents: record.intents
    .filter(({ intent }) => intent.rail === rail)
    .map((recorded) =>
      recorded === intentOf(record, payment)
        ? { ...recorded, ...(begunAt !== undefined && { begunAt }), ...openConclusion(recorded) }
        : recorded,
    ),
  reports: record.reports.filter((report) => report.rail === rail),
})

const openConclusion = ({ intent }: RecordedIntent) => (intent.kind === 'deposit' ? {} : { conclusion: null })

const isCredited = ({ reports }: PaymentRecord, payment: PaymentRef): boolean =>
  reports.some(
    ({ method, intent, members }) =>
      method === ownMethods.imported && intent === payment && members.state === 'credited',
  )

/** Why the look-up does not confirm the import; null: it does. */
const whyUnconfirmed = async <Tx>(
  { store, rules }: ReadyConfig<Tx>,
  { payment, reference }: Imported,
  found: readonly FoundReport[],
): Promise<string | null> => {
  const record = await store.find(reference)
  if (!record) return 'the vendor does not show it'
  const { facts } = rules.derive(record)
  const differs =
    factsOf(facts, 'review').some((fact) => fact.intent === payment && fact.reason === 'lookup_differs') ||
    factsOf(facts, 'deposit.not_credited').some((fact) => fact.intent === payment && fact.source === 'lookup')
  if (differs) return 'the vendor shows something else'
  const isReported = factsOf(facts, 'deposit.credited').some(
    ({ intent, source }) => intent === payment && source === 'vendor',
  )
  const isShown = intentOf(record, payment)?.intent.of
    ? factsOf(facts, 'refund.confirmed').some(({ refund, source }) => refund === payment && source !== 'person')
    : isReported || found.some(({ intent }) => intent === payment)
  return isShown ? null : 'the vendor does not show it'
}

const unconfirmed = <Tx>(
  { now }: ReadyConfig<Tx>,
  rail: string,
  { payment, by, why }: Imported,
  reason: string,
): Parameters<Pipeline['record']>[0] => ({
  report: {
    id: `${ownMethods.unconfirmed}|${payment}`,
    at: now().toISOString(),
    rail,
    vendorId: '',
    method: ownMethods.unconfirmed,
    members: { by, why, reason },
  },
  from: { type: 'own', intent: payment, proof: 'person', learns: false },
})

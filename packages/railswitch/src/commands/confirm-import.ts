import type { Pipeline } from '@railswitch/callbacks'
import {
  type FoundReport,
  factsOf,
  intentOf,
  isLeft,
  longestCallMs,
  nameOf,
  ownMethods,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** An import that is recorded, and who said so. */
export interface Imported {
  readonly payment: PaymentRef
  readonly reference: string
  /** ISO 8601: when it was begun at the vendor, where that is known. */
  readonly begunAt?: string
  readonly by: string
  readonly why: string
}

/** What is still to be handled of a look-up: its reports, or why there are none. */
type Shown = { readonly found: readonly FoundReport[] } | { readonly reason: string }

/**
 * Asks the vendor about an import, where it can be asked; what it shows is recorded. True: it shows the payment, and nothing else than
 * was imported. What it does not show stays, marked as unconfirmed by whoever imported it.
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
  // An adapter that throws has broken its contract; the import stands all the same.
  const shown = await lookUpImport(config, record, recorded, imported).catch((error: unknown): Shown => {
    config.logger.error({ payment, error: nameOf(error) }, 'import not confirmed: the look-up threw')
    return { reason: 'the look-up failed' }
  })
  const { rail } = recorded.intent
  for (const { report, intent, learns } of 'found' in shown ? shown.found : [])
    await pipeline.record({ report: { ...report, rail }, from: { type: 'own', intent, proof: 'lookup', learns } })
  const reason = 'reason' in shown ? shown.reason : await doubtOf(config, imported, shown.found)
  if (reason !== null) await pipeline.record(unconfirmed(config, rail, imported, reason))
  return reason === null
}

const lookUpImport = async <Tx>(
  { rails, logger }: ReadyConfig<Tx>,
  record: PaymentRecord,
  { intent }: RecordedIntent,
  { payment, begunAt }: Imported,
): Promise<Shown> => {
  const provider = rails.get(intent.rail)
  const signal = AbortSignal.timeout(longestCallMs)
  const asked = asUnanswered(record, payment, intent.rail, begunAt)
  const failed = ({ code }: PaymentError): Shown => {
    logger.warn({ payment, code }, 'import not confirmed: the look-up failed')
    return { reason: `the look-up failed: ${code}` }
  }
  if (intent.kind === 'deposit' && isCredited(record, payment) && provider?.crossCheck) {
    const checked = await provider.crossCheck(record, payment, signal)()
    if (isLeft(checked)) return failed(checked.left)
    return checked.right ? { found: [checked.right] } : { reason: 'the vendor does not show it' }
  }
  if (!provider?.lookUp) return { reason: 'the vendor cannot be asked' }
  const answer = await provider.lookUp(asked, signal)()
  if (isLeft(answer)) return failed(answer.left)
  const { found, failed: failure } = answer.right
  return found.length === 0 && failure ? failed(failure) : { found }
}

/** As the look-ups of payments need it whose outcome is unknown: this is what they search for, from the day on which it was begun. */
const asUnanswered = (record: PaymentRecord, payment: PaymentRef, rail: string, begunAt?: string): PaymentRecord => ({
  ...record,
  intents: record.intents
    .filter(({ intent }) => intent.rail === rail)
    .map((recorded) =>
      recorded === intentOf(record, payment)
        ? { ...recorded, ...(begunAt !== undefined && { begunAt }), ...unanswered(recorded) }
        : recorded,
    ),
  reports: record.reports.filter((report) => report.rail === rail),
})

const unanswered = ({ intent }: RecordedIntent) => (intent.kind === 'deposit' ? {} : { conclusion: null })

const isCredited = ({ reports }: PaymentRecord, payment: PaymentRef): boolean =>
  reports.some(
    ({ method, intent, members }) =>
      method === ownMethods.imported && intent === payment && members.state === 'credited',
  )

/** Why what the vendor shows does not confirm the import; null: it does. */
const doubtOf = async <Tx>(
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

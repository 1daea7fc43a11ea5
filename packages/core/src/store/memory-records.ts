import type { RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent, PaymentRecord, Unowned } from '../record/payment-record.ts'
import { type Report, raised } from '../record/report.ts'
import { dayMs } from '../values/limits.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { merchantReference, wireReference } from '../values/reference.ts'
import type { Candidates, OpenedToken } from './ownership.ts'
import { type UnownedLimits, unownedLimits } from './store.ts'
import { sameReference } from './stored-payment.ts'

/** A record as the memory store holds it. */
export interface HeldRecord {
  readonly key: string
  intents: readonly RecordedIntent[]
  reports: HeldReport[]
  emitted: EmittedEvent[]
  due: string | null
  loan: string | null
  lease: { readonly token: string; until: number } | null
  readonly unowned?: Omit<Unowned, 'count'>
}

interface HeldReport {
  report: Report
  /** See `namedReference`. */
  readonly names: string | null
  readonly receivedAt: string
}

interface KnownId {
  readonly key: string
  readonly intent: PaymentRef
  /** Only a token taught it: a response's id replaces it. */
  readonly byToken: boolean
}

/** The records of one process, and which vendor ids belong to them. */
export const createMemoryRecords = (now: () => Date, limits: UnownedLimits = unownedLimits) => {
  const records = new Map<string, HeldRecord>()
  const known = new Map<string, KnownId>()
  let made = 0

  const all = (): readonly HeldRecord[] => [...records.values()]
  const byIntent = (matches: (recorded: RecordedIntent) => boolean): HeldRecord | undefined =>
    all().find(({ intents }) => intents.some(matches))

  return {
    all,
    byIntent,
    get: (key: string) => records.get(key),
    byReference: (reference: string) =>
      byIntent(({ intent }) => wireReference(intent.reference) === wireReference(reference)),
    add,
    remove: (held: HeldRecord) => records.delete(held.key),
    isTaken: (held: HeldRecord, rail: string, vendorId: string): boolean => {
      const owner = known.get(idOf(rail, vendorId))
      return owner !== undefined && owner.key !== held.key
    },
    /** The record that has a report of this id; `applied`: only if it is applied there. */
    recordOf: ({ rail, id }: Pick<Report, 'rail' | 'id'>, { applied }: { readonly applied: boolean }) =>
      all().find(({ reports }) =>
        reports.some(({ report }) => report.rail === rail && report.id === id && (!applied || report.intent !== null)),
      ),
    touch,
    read,
    candidatesFor,
    place,
    learn,
    takeNamed,
    taughtByToken: (held: HeldRecord, intent: PaymentRef): readonly string[] =>
      [...known].flatMap(([id, one]) => (one.key === held.key && one.intent === intent && one.byToken ? [id] : [])),
    release: (id: string) => releaseId(id),
    idOf,
    prune,
  }

  function add(unowned?: Omit<Unowned, 'count'>, key = `record-${++made}`): HeldRecord {
    const held: HeldRecord = {
      key,
      intents: [],
      reports: [],
      emitted: [],
      due: null,
      loan: null,
      lease: null,
      ...(unowned && { unowned }),
    }
    records.set(key, held)
    return held
  }

  function touch(held: HeldRecord): void {
    held.due = now().toISOString()
    held.loan = null
  }

  function read({ key, intents, reports, emitted, unowned }: HeldRecord): PaymentRecord {
    const stored = reports.map(({ report }) => report)
    if (!unowned) return { key, intents, reports: stored, emitted: [...emitted] }
    const said = stored.filter(({ proof }) => proof === 'person')
    return {
      key,
      intents,
      reports: said,
      emitted: [...emitted],
      unowned: { ...unowned, count: stored.length - said.length },
    }
  }

  function idOf(rail: string, vendorId: string): string {
    return `${rail} ${vendorId}`
  }

  function candidatesFor(
    { rail, vendorId }: Pick<Report, 'rail' | 'vendorId'>,
    token: OpenedToken | null,
    echo: string | null,
  ): Candidates {
    const owner = known.get(idOf(rail, vendorId))
    const ownerRecord = owner && records.get(owner.key)
    const tokenRecord =
      token && byIntent((one) => sameReference(one.intent, { ...one.intent, reference: token.reference }))
    const echoRecord =
      echo === null ? undefined : byIntent(({ intent }) => intent.rail === rail && merchantReference(intent) === echo)
    return {
      byVendorId: owner && ownerRecord ? { record: read(ownerRecord), intent: owner.intent } : null,
      byToken: tokenRecord ? read(tokenRecord) : null,
      byEcho: echoRecord ? read(echoRecord) : null,
    }
  }

  /** Stores a report in a record, or raises the one that is there; true when that changed anything. */
  function place(held: HeldRecord, report: Report, names: string | null = null): boolean {
    for (const other of all()) {
      const stored = other.reports.find((one) => one.report.rail === report.rail && one.report.id === report.id)
      if (!stored) continue
      const after = raised(stored.report, report)
      // One that is applied stays where it is.
      if (other === held || stored.report.intent !== null) {
        const isChanged = after.proof !== stored.report.proof || after.intent !== stored.report.intent
        stored.report = after
        return isChanged
      }
      other.reports = other.reports.filter((one) => one !== stored)
      held.reports.push({ ...stored, report: after, names: names ?? stored.names })
      return true
    }
    held.reports.push({ report, names, receivedAt: now().toISOString() })
    return true
  }

  /** From now on the id is this intent's; what was stored under it is applied. False: it belongs to another record. */
  function learn(held: HeldRecord, rail: string, vendorId: string, intent: PaymentRef, byToken = false): boolean {
    const id = idOf(rail, vendorId)
    const owner = known.get(id)
    if (owner) {
      if (owner.key === held.key && !byToken) known.set(id, { ...owner, byToken: false })
      return owner.key === held.key
    }
    known.set(id, { key: held.key, intent, byToken })
    for (const other of all()) {
      const waiting = other.reports.filter(({ report }) => isWaiting(report, rail, vendorId))
      if (waiting.length === 0) continue
      other.reports = other.reports.filter((one) => !waiting.includes(one))
      held.reports.push(...waiting.map((one) => ({ ...one, report: { ...one.report, intent } })))
    }
    return true
  }

  /** What was stored with nobody and names this payment is stored with it, proven by nothing. */
  function takeNamed(held: HeldRecord, rail: string, name: string): void {
    for (const other of all()) {
      const named = other.unowned ? other.reports.filter((one) => one.report.rail === rail && one.names === name) : []
      other.reports = other.reports.filter((one) => !named.includes(one))
      held.reports.push(...named.map((one) => ({ ...one, report: { ...one.report, proof: 'unproven' as const } })))
    }
  }

  function isWaiting(report: Report, rail: string, vendorId: string): boolean {
    return report.rail === rail && report.vendorId === vendorId && report.intent === null && report.proof !== 'person'
  }

  /** Its reports stay with the record, and are not applied any more. */
  function releaseId(id: string): void {
    const owner = known.get(id)
    const held = owner && records.get(owner.key)
    known.delete(id)
    for (const one of held?.reports ?? [])
      if (idOf(one.report.rail, one.report.vendorId) === id && one.report.proof !== 'person')
        one.report = { ...one.report, intent: null }
  }

  /** The oldest reports that belong to nobody give way; how many. */
  function prune(): number {
    const oldest = new Date(now().getTime() - limits.days * dayMs).toISOString()
    const unowned = all().filter((held) => held.unowned)
    const stored = unowned.flatMap((held) =>
      held.reports.flatMap((one) => (one.report.proof === 'person' ? [] : { held, one })),
    )
    const byAge = stored.sort((a, b) => (a.one.receivedAt < b.one.receivedAt ? -1 : 1))
    const surplus = byAge.slice(0, Math.max(0, byAge.length - limits.reports))
    const dropped = new Set([...surplus, ...byAge.filter(({ one }) => one.receivedAt < oldest)])
    for (const { held, one } of dropped) held.reports = held.reports.filter((other) => other !== one)
    return dropped.size
  }
}

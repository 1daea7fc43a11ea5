import { randomUUID } from 'node:crypto'
import { pendingFor } from '../record/derive-record.ts'
import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { emptyRecord } from '../record/payment-record.ts'
import type { Report } from '../record/report.ts'
import { paymentRef } from '../values/payment-ref.ts'
import { merchantReference } from '../values/reference.ts'
import { checkIntent } from './intent-rules.ts'
import { createMemoryRecords, type HeldRecord } from './memory-records.ts'
import { type Arrival, namedReference, type Origin, ownerOf, reportIdFor } from './ownership.ts'
import type { RecordRules } from './record-rules.ts'
import type { Claim, Store, UnownedLimits } from './store.ts'
import { concluded, rootOf, sameKey, sameReference, withoutPersonalData } from './stored-payment.ts'
import { withinTime } from './within-time.ts'

/** Stores payments in this process only: for tests and demonstrations. `live` refuses it. `now`, `unowned`: for tests. */
export const memoryStore = ({
  now = () => new Date(),
  unowned,
}: {
  readonly now?: () => Date
  readonly unowned?: UnownedLimits
} = {}): Store<void> => {
  const records = createMemoryRecords(now, unowned)
  const byLease = (lease: string): HeldRecord | undefined => records.all().find((held) => held.lease?.token === lease)

  return {
    durable: false,

    async begin({ intent, fingerprints }, rules) {
      const root = rootOf(intent)
      const home = records.byIntent((recorded) => rootOf(recorded.intent) === root)
      const existing = recordedUnder(intent, home)
      const record = home ? records.read(home) : emptyRecord
      const checked = checkIntent({ intent, fingerprints }, existing, record, rules.derive(record))
      if (checked.state === 'resume' && home)
        home.intents = home.intents.map((one) => (sameKey(one.intent, intent) ? { ...one, resumed: true } : one))
      if (checked.state !== 'new') return checked
      const recorded: RecordedIntent = {
        intent,
        fingerprint: fingerprints[0],
        begunAt: now().toISOString(),
        resumed: false,
        conclusion: null,
        vendorIds: [],
      }
      const held = home ?? records.add()
      held.intents = [...held.intents, recorded]
      records.touch(held)
      return { state: 'new', recorded, record: records.read(held) }
    },

    async conclude(intent, conclusion, { vendorIds, replaces, onlyIfFree }) {
      const held = records.byIntent((recorded) => sameKey(recorded.intent, intent))
      const before = held?.intents.find((recorded) => sameKey(recorded.intent, intent))
      if (!held || !before) return { taken: [] }
      const ref = paymentRef(before.intent)
      const { rail } = before.intent
      const others = vendorIds.filter((vendorId) => records.isTaken(held, rail, vendorId))
      if (onlyIfFree && others.length > 0) return { taken: others }
      if (replaces && vendorIds.length > 0)
        for (const id of records.taughtByToken(held, ref))
          if (!vendorIds.some((vendorId) => records.idOf(rail, vendorId) === id)) records.release(id)
      const taken = vendorIds.filter((vendorId) => !records.learn(held, rail, vendorId, ref))
      const own = vendorIds.filter((vendorId) => !taken.includes(vendorId))
      if (conclusion !== 'not_sent') records.takeNamed(held, rail, merchantReference(before.intent))
      const after = concluded(before, conclusion, { vendorIds: own, record: records.read(held) })
      held.intents = held.intents.flatMap((recorded) => (recorded === before ? (after ?? []) : recorded))
      if (held.intents.length === 0) records.remove(held)
      else records.touch(held)
      return { taken }
    },

    async find(reference) {
      const held = records.byReference(reference)
      return held ? records.read(held) : null
    },

    async claim(arrival, leaseMs, rules) {
      const placed = placeArrival(arrival)
      return { ...leaseIfPending(placed.held, leaseMs, rules, placed.reportId), ...dropped(placed.dropped) }
    },

    async claimRecord(key, leaseMs, rules) {
      const held = records.get(key)
      return held ? leaseIfPending(held, leaseMs, rules, null) : null
    },

    async complete(lease, { emitted, isLast, write, timeoutMs }) {
      const held = byLease(lease)
      if (!held?.lease) return false
      // Whoever is given this payment meanwhile would handle the same event.
      held.lease.until = Number.POSITIVE_INFINITY
      try {
        if (write) await withinTime(write(), timeoutMs)
      } catch (error) {
        if (held.lease?.token === lease) held.lease = null
        throw error
      }
      held.emitted.push(emitted)
      records.touch(held)
      if (isLast) held.lease = null
      else held.lease.until = now().getTime() + timeoutMs * 2
      return true
    },

    async release(lease) {
      const held = byLease(lease)
      if (held) held.lease = null
    },

    async leaseDue({ before, until, limit }) {
      const due = records.all().filter((held) => held.due !== null && held.due <= before)
      const first = due.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1)).slice(0, limit)
      return first.map((held) => {
        held.due = until
        held.loan = randomUUID()
        return { loan: held.loan, record: records.read(held) }
      })
    },

    async reschedule(loan, due) {
      const held = records.all().find((one) => one.loan === loan)
      if (held) Object.assign(held, { due, loan: null })
    },

    async erasePersonalData(reference) {
      const held = records.byReference(reference)
      if (!held) return false
      const { intents, reports } = withoutPersonalData(records.read(held))
      held.intents = intents
      held.reports = held.reports.map((one, index) => ({ ...one, report: reports[index] ?? one.report }))
      return true
    },

    async *reviews(rules) {
      for (const held of records.all()) {
        const record = records.read(held)
        if (rules.derive(record).reviews.length > 0) yield record
      }
    },
  }

  /** A key can stand for a call of another payment, and its reference for other attempts there. */
  function recordedUnder(intent: Intent, home: HeldRecord | undefined): RecordedIntent | null {
    const everywhere = records.all().flatMap((held) => held.intents.map((recorded) => ({ held, recorded })))
    const same = everywhere.find(({ recorded }) => sameKey(recorded.intent, intent))
    const other = everywhere.find(({ held, recorded }) => held !== home && sameReference(recorded.intent, intent))
    return same?.recorded ?? other?.recorded ?? null
  }

  function placeArrival({ report, from }: Arrival): Placed {
    switch (from.type) {
      case 'callback':
        return placeCallback(report, from)
      case 'own':
        return { held: placeOwn(report, from), reportId: report.id, dropped: 0 }
      case 'unowned': {
        const held = records.get(from.record)
        if (!held) throw new Error(`There is no record ${from.record}.`)
        if (records.place(held, { ...report, intent: null, proof: 'person' })) records.touch(held)
        return { held, reportId: report.id, dropped: 0 }
      }
      default:
        return from satisfies never
    }
  }

  function placeCallback(report: Arrival['report'], from: Extract<Origin, { type: 'callback' }>): Placed {
    const { rail, vendorId } = report
    const echo = from.transactions === 'many' ? from.echo : null
    const owner = ownerOf(rail, from, records.candidatesFor(report, from.token, echo))
    if (owner.type === 'owned' || owner.type === 'named') {
      const held = records.get(owner.key)
      if (!held) throw new Error(`There is no record ${owner.key}.`)
      const intent = owner.type === 'owned' ? owner.intent : null
      const learns = owner.type === 'owned' && owner.learns
      if (learns) records.learn(held, rail, vendorId, owner.intent, true)
      const id = reportIdFor(report.id, owner)
      const applied = id === report.id ? undefined : records.recordOf(report, { applied: true })
      if (applied) return { held: applied, reportId: report.id, dropped: 0 }
      if (records.place(held, { ...report, id, intent, proof: owner.proof }) || learns) records.touch(held)
      return { held, reportId: id, dropped: 0 }
    }
    const since = now().toISOString()
    const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
    const key = `${owner.type} ${rail} ${name}`
    const held =
      records.recordOf(report, { applied: owner.type === 'record_missing' }) ??
      records.get(key) ??
      records.add({ reason: owner.type, rail, name, since }, key)
    const placed: Report = { ...report, intent: null, proof: owner.proof }
    if (records.place(held, placed, namedReference(from, owner))) records.touch(held)
    return { held, reportId: report.id, dropped: records.prune() }
  }

  /** What a look-up shows of a transaction that belongs to another record is not applied. */
  function placeOwn(
    report: Arrival['report'],
    { intent, proof, learns }: Extract<Origin, { type: 'own' }>,
  ): HeldRecord {
    const held = records.byIntent((recorded) => paymentRef(recorded.intent) === intent)
    if (!held) throw new Error(`There is no intent ${intent}.`)
    const isOurs = !learns || records.learn(held, report.rail, report.vendorId, intent)
    const placed: Report = { ...report, proof, intent: isOurs ? intent : null }
    if (records.place(held, placed)) records.touch(held)
    return held
  }

  function leaseIfPending(held: HeldRecord, leaseMs: number, rules: RecordRules, reportId: string | null): Claim {
    const record: PaymentRecord = records.read(held)
    if (pendingFor(rules.derive(record), reportId).length === 0) return { state: 'idle', record, reportId }
    if (held.lease && held.lease.until > now().getTime()) return { state: 'busy', record, reportId }
    const lease = randomUUID()
    held.lease = { token: lease, until: now().getTime() + leaseMs }
    return { state: 'leased', lease, record, reportId }
  }
}

interface Placed {
  readonly held: HeldRecord
  readonly reportId: string
  readonly dropped: number
}

const dropped = (count: number) => (count > 0 ? { dropped: count } : {})

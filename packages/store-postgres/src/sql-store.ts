import { randomUUID } from 'node:crypto'
import {
  type Arrival,
  type BeginResult,
  type Claim,
  checkIntent,
  concluded,
  type DueRecord,
  type Intent,
  type IntentRequest,
  invalid,
  type LearnedIds,
  merchantReference,
  needsReview,
  type PaymentRecord,
  paymentRef,
  pendingFor,
  type RecordedIntent,
  type RecordRules,
  rootOf,
  type Store,
  sameKey,
  sameReference,
  type UnownedLimits,
  unownedLimits,
  withinTime,
} from '@railswitch/core'
import type { Connection } from './connection.ts'
import { createPlacement } from './placement.ts'
import { idOfKey, rowsOf } from './rows.ts'
import { migrate } from './schema.ts'
import { quotedSchema } from './schema-name.ts'
import { createTransactions } from './transactions.ts'

/** The store over PostgreSQL, with what its operation needs beside the port. */
export interface PostgresStore<Tx> extends Store<Tx> {
  /** Brings the tables to this release's version: call it when the application is deployed. Safe in several processes at once. */
  migrate(): Promise<void>
  /**
   * Deletes payments to which nothing has happened for `days` (1 or more, 400 unless told), that neither `settle` nor a person
   * has to look at, and whose account no stored payout or charge draws on. Answers how many. What was deleted can neither be
   * refunded nor recognised any more. Rejects with `invalid_input`.
   */
  sweep(options?: { readonly days?: number }): Promise<number>
}

export interface StoreOptions {
  /** The schema of our tables, `railswitch` unless told. */
  readonly schema?: string
  /** For tests; without it the database's clock counts, which all processes share. */
  readonly now?: () => Date
  /** For tests: how many reports of strangers are stored, and how long. */
  readonly unowned?: UnownedLimits
}

/**
 * Locks are taken in one order, and few: the vendor id, the reference that a report names, the payments' rows, then the keys of what is written. `complete` runs
 * the application's `write` first and our mark after it, so that no row of ours is locked while it runs.
 */
export const sqlStore = <Tx>(
  connection: Connection<Tx>,
  durable: boolean,
  { schema: name, now, unowned = unownedLimits }: StoreOptions,
): PostgresStore<Tx> => {
  const schema = quotedSchema(name)
  const rows = rowsOf(connection, schema, () => now?.() ?? null)
  const place = createPlacement(rows, unowned, () => now?.() ?? new Date())
  const { transaction, untilSettled, applicationWrite } = createTransactions(connection, schema)

  return {
    durable,
    begin: (request, rules) => untilSettled((tx) => begin(tx, request, rules)),
    conclude: (intent, conclusion, learned, rules) =>
      untilSettled((tx) => conclude(tx, intent, conclusion, learned, rules)),

    find: (reference): Promise<PaymentRecord | null> =>
      transaction(async (tx) => {
        const payment = await rows.paymentOf(tx, reference)
        return payment === null ? null : rows.read(tx, payment)
      }),

    claim: (arrival, leaseMs, rules) => untilSettled((tx) => claim(tx, arrival, leaseMs, rules)),

    claimRecord: (key, leaseMs, rules) =>
      transaction(async (tx) => {
        const payment = idOfKey(key)
        const leased = (await rows.lock(tx, [payment])).get(payment)
        if (leased === undefined) return null
        const record = await rows.read(tx, payment)
        return leaseIfPending(tx, { record, leased, reportId: null }, leaseMs, rules)
      }),

    async complete(token, { emitted, isLast, write, timeoutMs }) {
      const payment = idOfKey(token)
      try {
        return await transaction(async (tx) => {
          if (!(await rows.isLeased(tx, payment, token))) return false
          if (write) {
            await rows.limitStatements(tx, timeoutMs)
            await withinTime(applicationWrite(write, tx), timeoutMs)
            await rows.limitStatements(tx, null)
          }
          if (await rows.finish(tx, token, payment, emitted, { isLast, ms: timeoutMs * 2 })) return true
          throw leaseLost
        })
      } catch (error) {
        if (error === leaseLost) return false
        // Without the database the lease cannot be given back: it ends by itself.
        await transaction((tx) => rows.release(tx, payment, token)).catch(() => {})
        throw error
      }
    },

    async release(token) {
      await transaction((tx) => rows.release(tx, idOfKey(token), token))
    },

    leaseDue: (due, rules) =>
      transaction(async (tx) => {
        await rows.mergeChanged(tx)
        const found: DueRecord[] = []
        for (const { payment, loan, derivedBy } of await rows.leaseDue(tx, due, randomUUID(), rules)) {
          const record = await rows.read(tx, payment)
          if (derivedBy !== rules.version) await rows.rederive(tx, payment, needsReview(rules, record), rules)
          found.push({ lease: loan, record })
        }
        return found
      }),

    async reschedule(loan, due) {
      await transaction((tx) => rows.reschedule(tx, idOfKey(loan), loan, due))
    },

    erasePersonalData: (reference): Promise<boolean> =>
      transaction(async (tx) => {
        const payment = await rows.paymentOf(tx, reference)
        if (payment === null || !(await rows.lock(tx, [payment])).has(payment)) return false
        await rows.erase(tx, payment)
        return true
      }),

    async *reviews(rules) {
      let page: readonly PaymentRecord[] = []
      do {
        page = await transaction((tx) => reviewed(tx, page.at(-1)?.key ?? '0', rules))
        for (const record of page) if (needsReview(rules, record)) yield record
      } while (page.length > 0)
    },

    migrate: () => migrate(connection, schema),

    async sweep({ days = 400 } = {}) {
      if (!Number.isInteger(days) || days < 1) throw invalid('invalid_input', [noDays])
      let deleted = 0
      let some: number
      do {
        some = await transaction((tx) => rows.sweep(tx, days))
        deleted += some
      } while (some > 0)
      return deleted
    },
  }

  async function begin(
    tx: Tx,
    { intent, fingerprints }: IntentRequest,
    rules: RecordRules,
  ): Promise<BeginResult | null> {
    const payment = await rows.enter(tx, rootOf(intent))
    const before = await rows.read(tx, payment)
    const existing = await recordedUnder(tx, intent, payment, before)
    const checked = checkIntent({ intent, fingerprints }, existing, before, rules.derive(before))
    if (checked.state !== 'new') {
      if (checked.state === 'resume') await rows.resume(tx, intent)
      if (isEmpty(before)) await rows.remove(tx, payment)
      return checked
    }
    const [fingerprint] = fingerprints
    const begunAt = await rows.insertIntent(tx, payment, intent, fingerprint)
    if (begunAt === null) return null
    const recorded: RecordedIntent = { intent, fingerprint, begunAt, resumed: false, conclusion: null, vendorIds: [] }
    const record = { ...before, intents: [...before.intents, recorded] }
    await rows.touch(tx, payment, needsReview(rules, record), rules)
    return { state: 'new', recorded, record }
  }

  /** A key can stand for a call of another payment, and its reference for other attempts there. */
  async function recordedUnder(tx: Tx, intent: Intent, payment: string, { intents }: PaymentRecord) {
    const isThat = (recorded: { readonly intent: Intent }): boolean => sameKey(recorded.intent, intent)
    const here = intents.find(isThat)
    if (here) return here
    const other = await rows.paymentOf(tx, intent.reference)
    if (other === null || other === payment) return null
    const recorded = (await rows.read(tx, other)).intents.filter((one) => sameReference(one.intent, intent))
    return recorded.find(isThat) ?? recorded[0] ?? null
  }

  /** Locks the vendor ids that it teaches and those that it replaces, then its own name at the vendor. Null: a token has taught another one meanwhile. */
  async function conclude(
    tx: Tx,
    intent: Intent,
    conclusion: Parameters<Store['conclude']>[1],
    { vendorIds, replaces, onlyIfFree }: LearnedIds,
    rules: RecordRules,
  ): Promise<{ readonly taken: readonly string[] } | null> {
    const payment = await rows.paymentOf(tx, intent.reference)
    const byToken = () =>
      payment && replaces && vendorIds.length > 0 ? rows.taughtByToken(tx, payment, paymentRef(intent)) : []
    const locked = new Set([...vendorIds, ...(await byToken())])
    for (const vendorId of [...locked].sort()) await rows.lockVendorId(tx, intent.rail, vendorId)
    const name = conclusion === 'not_sent' ? null : merchantReference(intent)
    if (name !== null) await rows.lockName(tx, intent.rail, name)
    if (payment === null || !(await rows.lock(tx, [payment])).has(payment)) return { taken: [] }
    const before = await rows.read(tx, payment)
    const recorded = before.intents.find((candidate) => sameKey(candidate.intent, intent))
    if (!recorded) return { taken: [] }
    const taken = await takenOf(tx, payment, recorded.intent.rail, vendorIds)
    if (onlyIfFree && taken.length > 0) return { taken }
    const replaced = (await byToken()).filter((vendorId) => !vendorIds.includes(vendorId))
    if (replaced.some((vendorId) => !locked.has(vendorId))) return null
    for (const vendorId of replaced) await rows.releaseVendorId(tx, payment, recorded.intent.rail, vendorId)
    const own = vendorIds.filter((vendorId) => !taken.includes(vendorId))
    const ref = paymentRef(recorded.intent)
    for (const vendorId of own)
      await rows.learn(tx, payment, { rail: recorded.intent.rail, vendorId, intent: ref, byToken: false })
    if (name !== null) await rows.takeNamed(tx, payment, recorded.intent.rail, name)
    const after = concluded(recorded, conclusion, { vendorIds: own, record: before })
    if (after) await rows.updateIntent(tx, after)
    else await rows.deleteIntent(tx, intent)
    const record = await rows.read(tx, payment)
    if (record.intents.length === 0) await rows.remove(tx, payment)
    else await rows.touch(tx, payment, needsReview(rules, record), rules)
    return { taken }
  }

  async function takenOf(
    tx: Tx,
    payment: string,
    rail: string,
    vendorIds: readonly string[],
  ): Promise<readonly string[]> {
    const taken: string[] = []
    for (const vendorId of vendorIds) {
      const owner = await rows.ownerOf(tx, rail, vendorId)
      if (owner !== null && owner !== payment) taken.push(vendorId)
    }
    return taken
  }

  async function claim(tx: Tx, arrival: Arrival, leaseMs: number, rules: RecordRules): Promise<Claim | null> {
    const placed = await place(tx, arrival)
    if (placed === null) return null
    const { payment, leased, isLocked, reportId, isChanged, dropped } = placed
    const record = await rows.read(tx, payment)
    if (isChanged && isLocked) await rows.touch(tx, payment, needsReview(rules, record), rules)
    const claimed = await leaseIfPending(tx, { record, leased, reportId }, leaseMs, rules)
    return dropped > 0 ? { ...claimed, dropped } : claimed
  }

  async function reviewed(tx: Tx, after: string, rules: RecordRules): Promise<readonly PaymentRecord[]> {
    await rows.mergeChanged(tx)
    const page: PaymentRecord[] = []
    for (const id of await rows.reviews(tx, after, rules)) page.push(await rows.read(tx, id))
    return page
  }

  async function leaseIfPending(
    tx: Tx,
    { record, leased, reportId }: { record: PaymentRecord; leased: boolean; reportId: string | null },
    leaseMs: number,
    rules: RecordRules,
  ): Promise<Claim> {
    if (pendingFor(rules.derive(record), reportId).length === 0) return { state: 'idle', record, reportId }
    if (leased) return { state: 'busy', record, reportId }
    const lease = `${record.key}.${randomUUID()}`
    await rows.lease(tx, record.key, lease, leaseMs)
    return { state: 'leased', lease, record, reportId }
  }
}

/** A slip such as an empty setting must not delete what was paid a minute ago. */
const noDays = { field: 'days', rule: 'must be a whole number from 1', fix: 'leave it out for 400 days' }

const leaseLost = new Error('The lease was lost.')

const isEmpty = ({ intents, reports }: PaymentRecord): boolean => intents.length === 0 && reports.length === 0

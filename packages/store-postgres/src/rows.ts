import {
  type EmittedEvent,
  type Intent,
  merchantReference,
  type OpenedToken,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RecordRules,
  type Report,
  type Store,
  type Unowned,
  type UnownedLimits,
  wireReference,
} from '@railswitch/core'
import type { Connection, Row } from './connection.ts'
import { statementsFor } from './statements.ts'

/** A report as it is stored, and where. */
interface StoredReport {
  readonly payment: string
  readonly report: Report
  readonly isUnowned: boolean
}

/** What the store reads and writes within a transaction, in our words. `now`: the clock, null for the database's. */
export const rowsOf = <Tx>({ query }: Connection<Tx>, schema: string, now: () => Date | null) => {
  const sql = statementsFor(schema)
  type Values = readonly (string | null)[]
  const rows = async (tx: Tx, text: string, ...values: Values): Promise<readonly Row[]> =>
    (await query(tx, text, values.map(storable))) as readonly Row[]
  const first = async (tx: Tx, text: string, ...values: Values): Promise<Row | null> =>
    (await rows(tx, text, ...values))[0] ?? null
  const id = async (tx: Tx, text: string, ...values: Values): Promise<string | null> =>
    (await first(tx, text, ...values))?.id ?? null
  const time = (): string | null => now()?.toISOString() ?? null

  return {
    lockVendorId: (tx: Tx, rail: string, vendorId: string) => rows(tx, sql.lockKey, `railswitch ${rail} ${vendorId}`),
    /** The merchant reference that a report names, or that an intent is known by at its vendor. */
    lockName: (tx: Tx, rail: string, name: string) => rows(tx, sql.lockKey, `railswitch name ${rail} ${name}`),
    /** Locks the payment of this root, made if it is new. */
    enter: async (tx: Tx, root: string) => (await id(tx, sql.enter, root, time())) ?? '',
    /** Not locked. Null: another transaction has just made it. */
    enterUnowned: (tx: Tx, key: string, unowned: Omit<Unowned, 'count'>) =>
      id(tx, sql.enterUnowned, key, toJson(unowned), time()),
    /** Those that exist, and whether each is leased. */
    lock: async (tx: Tx, payments: readonly string[]): Promise<ReadonlyMap<string, boolean>> =>
      new Map(
        (await rows(tx, sql.lock, `{${payments.join()}}`, time())).map((row) => [row.id ?? '', row.leased === 'true']),
      ),
    /** Without waiting; null where another transaction holds it. */
    tryLock: async (tx: Tx, payment: string): Promise<boolean | null> => {
      const row = await first(tx, sql.tryLock, payment, time())
      return row && row.leased === 'true'
    },
    markChanged: (tx: Tx, payment: string) => rows(tx, sql.markChanged, payment),
    mergeChanged: (tx: Tx) => rows(tx, sql.mergeChanged),
    remove: (tx: Tx, payment: string) => rows(tx, sql.remove, payment),
    touch: (tx: Tx, payment: string, needsReview: boolean, { version }: RecordRules) =>
      rows(tx, sql.touch, payment, String(needsReview), time(), version),

    lease: (tx: Tx, payment: string, token: string, ms: number) =>
      rows(tx, sql.lease, payment, time(), token, String(Math.ceil(ms))),
    isLeased: async (tx: Tx, payment: string, token: string) => (await id(tx, sql.leased, payment, token)) !== null,
    release: (tx: Tx, payment: string, token: string) => rows(tx, sql.release, payment, token),
    /** False when the lease was lost. */
    finish: async (
      tx: Tx,
      token: string,
      payment: string,
      emitted: EmittedEvent,
      more: { isLast: boolean; ms: number },
    ) =>
      (
        await rows(
          tx,
          sql.finish,
          payment,
          token,
          toJson(emitted),
          time(),
          String(more.isLast),
          String(Math.ceil(more.ms)),
        )
      ).length === 1,

    read: async (tx: Tx, payment: string): Promise<PaymentRecord> => {
      const row = await first(tx, sql.read, payment)
      const record = {
        key: payment,
        intents: JSON.parse(row?.intents ?? '[]'),
        reports: JSON.parse(row?.reports ?? '[]'),
        emitted: JSON.parse(row?.emitted ?? '[]'),
      }
      const unowned = row?.unowned ?? null
      return unowned === null ? record : { ...record, unowned: { ...JSON.parse(unowned), count: Number(row?.count) } }
    },
    paymentOf: (tx: Tx, reference: string) => id(tx, sql.paymentOf, wireReference(reference)),
    paymentOfIntent: (tx: Tx, intent: PaymentRef) => id(tx, sql.paymentOfIntent, intent),

    candidates: async (
      tx: Tx,
      { rail, vendorId }: Pick<Report, 'rail' | 'vendorId'>,
      token: OpenedToken | null,
      echo: string | null,
    ) => {
      const row = await first(tx, sql.candidates, rail, vendorId, token?.reference ?? null, echo)
      return {
        owner: row?.owner ?? null,
        ownerIntent: (row?.owner_intent ?? null) as PaymentRef | null,
        token: row?.token ?? null,
        echo: row?.echo ?? null,
      }
    },

    stored: async (tx: Tx, rail: string, reportId: string): Promise<StoredReport | null> => {
      const row = await first(tx, sql.stored, rail, reportId)
      if (!row) return null
      const report = { ...JSON.parse(row.report ?? '{}'), intent: row.intent, proof: row.proof }
      return { payment: row.id ?? '', report, isUnowned: row.is_unowned === 'true' }
    },
    /** False when another transaction was quicker. */
    insertReport: async (tx: Tx, payment: string, report: Report, names: string | null) => {
      const { rail, id: reportId, vendorId, intent, proof } = report
      const values = [payment, rail, reportId, vendorId, intent, proof, bodyOf(report), names, time()]
      return (await rows(tx, sql.insertReport, ...values)).length === 1
    },
    updateReport: (tx: Tx, payment: string, report: Report, names: string | null) => {
      const { rail, id: reportId, vendorId, intent, proof } = report
      return rows(tx, sql.updateReport, payment, rail, reportId, vendorId, intent, proof, bodyOf(report), names)
    },
    ownerOf: (tx: Tx, rail: string, vendorId: string) => id(tx, sql.ownerOf, rail, vendorId),
    /** True when the id is this payment's; what was stored under it is applied. */
    learn: async (tx: Tx, payment: string, { rail, vendorId, intent, byToken }: Learned) => {
      const row = await first(tx, sql.learn, rail, vendorId, payment, intent, String(byToken))
      if (row?.id !== payment) return false
      if (row.is_new === 'true') await rows(tx, sql.applyWaiting, rail, vendorId, payment, intent)
      return true
    },
    takeNamed: (tx: Tx, payment: string, rail: string, name: string) => rows(tx, sql.takeNamed, rail, name, payment),
    taughtByToken: async (tx: Tx, payment: string, intent: PaymentRef) =>
      idsOf(await rows(tx, sql.taughtByToken, payment, intent)),
    /** Its reports stay with the payment, and are not applied any more. */
    releaseVendorId: async (tx: Tx, payment: string, rail: string, vendorId: string) => {
      await rows(tx, sql.forgetVendorId, rail, vendorId)
      await rows(tx, sql.unapply, rail, vendorId, payment)
    },
    prune: async (tx: Tx, { reports, days }: UnownedLimits) =>
      (await rows(tx, sql.prune, String(reports), time(), String(days))).length,

    /** When it was begun; null when its key or its reference was taken meanwhile. */
    insertIntent: async (tx: Tx, payment: string, intent: Intent, fingerprint: string) => {
      const wire = wireReference(intent.reference)
      if ((await id(tx, sql.insertReference, wire, payment)) !== payment) return null
      const ids = [paymentRef(intent), merchantReference(intent)]
      const values = [payment, wire, String(intent.attempt), ...ids, toJson(intent), fingerprint, time()]
      return (await first(tx, sql.insertIntent, ...values))?.begun ?? null
    },
    resume: (tx: Tx, { reference, attempt }: Intent) => rows(tx, sql.resume, wireReference(reference), String(attempt)),
    updateIntent: (tx: Tx, { intent, conclusion, vendorIds }: RecordedIntent) =>
      rows(
        tx,
        sql.updateIntent,
        wireReference(intent.reference),
        String(intent.attempt),
        conclusion && toJson(conclusion),
        toJson(vendorIds),
      ),
    deleteIntent: async (tx: Tx, { reference, attempt }: Intent) => {
      await rows(tx, sql.deleteIntent, wireReference(reference), String(attempt))
      await rows(tx, sql.deleteReference, wireReference(reference))
    },
    erase: async (tx: Tx, payment: string) => {
      for (const statement of [sql.eraseIntents, sql.eraseReports]) await rows(tx, statement, payment)
    },

    leaseDue: async (
      tx: Tx,
      { before, until, limit }: Parameters<Store['leaseDue']>[0],
      token: string,
      { version }: RecordRules,
    ) => {
      const lent = await rows(tx, sql.leaseDue, before, until, String(limit), token, version)
      return lent.map((row) => ({ payment: row.id ?? '', loan: row.loan ?? '', derivedBy: row.derived_by }))
    },
    rederive: (tx: Tx, payment: string, needsReview: boolean, { version }: RecordRules) =>
      rows(tx, sql.rederive, payment, String(needsReview), version),
    reschedule: (tx: Tx, payment: string, loan: string, due: string | null) =>
      rows(tx, sql.reschedule, payment, loan, due),
    reviews: async (tx: Tx, after: string, { version }: RecordRules) =>
      idsOf(await rows(tx, sql.reviews, after, version)),
    /** How many were deleted: at most 500. */
    sweep: async (tx: Tx, days: number) => (await rows(tx, sql.sweep, time(), String(days))).length,
    /** The application's statements are given up after this long; null: as the session has it. */
    limitStatements: (tx: Tx, ms: number | null) =>
      rows(
        tx,
        ms === null ? 'set local statement_timeout to default' : `set local statement_timeout to ${Math.ceil(ms)}`,
      ),
  }
}

interface Learned {
  readonly rail: string
  readonly vendorId: string
  readonly intent: PaymentRef
  readonly byToken: boolean
}

/** The token of a lease or a loan begins with its payment's id, so that no index is needed to find it. */
export const idOfKey = (key: string): string => /^\d{1,18}/.exec(key)?.[0] ?? '0'

/** Every text, except for characters that PostgreSQL cannot store: what they stand in must not be lost with them. */
const storable = (text: string | null): string | null =>
  text?.replaceAll('\0', '\ufffd').replaceAll(/\p{Surrogate}/gu, '\ufffd') ?? null

const toJson = (value: object): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? storable(member) : member))

const bodyOf = ({ intent: _intent, proof: _proof, ...report }: Report): string => toJson(report)

const idsOf = (rows: readonly Row[]): readonly string[] => rows.flatMap(({ id }) => id ?? [])

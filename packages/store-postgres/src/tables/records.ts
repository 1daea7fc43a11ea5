import {
  needsReview,
  type PaymentRecord,
  type PaymentRef,
  type RecordRules,
  type Unowned,
  wireReference,
} from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer, iso, time, toJson } from '../connection/text-values.ts'

export const recordStatements = (schema: string) => ({
  /** Creates a payment, or waits for it, and locks it. */
  enter: `insert into ${schema}.payments (root_reference, updated_at) values ($1::text, ${time(2)})
    on conflict (root_reference) do update set root_reference = excluded.root_reference
    returning id::text, (xmax = 0)::text as is_new`,

  /** Locks nothing that exists, so that unowned reports do not wait for each other. No row: another transaction has just created it. */
  enterUnowned: `with existing as (select id from ${schema}.payments where unowned_key = $1::text), created as (
      insert into ${schema}.payments (unowned_key, unowned, updated_at)
      select $1::text, $2::text::jsonb, ${time(3)} where not exists (select from existing)
      on conflict (unowned_key) do nothing returning id
    )
    select id::text from existing union all select id::text from created`,

  /** In the order of their ids, so that two transactions never wait for each other. Rows that refer to a payment can still be added. */
  lock: `select id::text, coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = any($1::text::bigint[]) order by payments.id for no key update`,

  /** No row where another transaction holds it. */
  tryLock: `select id::text, coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = ${integer(1)} for no key update skip locked`,

  /** With a lease token, leases it too. */
  touch: `update ${schema}.payments set ${touched(3)}, needs_review = $2::text::boolean, derivation_version = $4::text,
      lease_token = coalesce($5::text, lease_token),
      lease_until = case when $5::text is null then lease_until else ${time(3)} + ${integer(6)} * interval '1 millisecond' end
    where id = ${integer(1)}`,

  remove: `delete from ${schema}.payments where id = ${integer(1)}`,

  read: `select
      (select coalesce(json_agg(json_build_object('intent', intent, 'fingerprint', fingerprint,
          'begunAt', ${iso('begun_at')}, 'resumed', resumed, 'conclusion', conclusion,
          'vendorIds', vendor_ids) order by position), '[]')
        from ${schema}.intents where payment_id = payments.id)::text as intents,
      (select coalesce(json_agg(report || jsonb_build_object('intent', intent, 'proof', proof) order by position), '[]')
        from ${schema}.reports where payment_id = payments.id and (unowned is null or proof = 'person'))::text as reports,
      (select coalesce(json_agg(event order by position), '[]')
        from ${schema}.emitted where payment_id = payments.id)::text as emitted,
      unowned::text,
      case when unowned is null then '0' else (select count(*)
        from ${schema}.reports where payment_id = payments.id and proof <> 'person')::text end as count,
      case when unowned is null then null else (select ${iso('max(received_at)')}
        from ${schema}.reports where payment_id = payments.id and proof <> 'person') end as latest
    from ${schema}.payments where id = ${integer(1)}`,

  byReference: `select payment_id::text as id from ${schema}.record_references where wire_reference = $1::text`,

  byIntent: `select payment_id::text as id from ${schema}.intents where payment_ref = $1::text`,

  newest: `select id::text from ${schema}.payments where unowned_key is null and id < ${integer(1)}
    order by payments.id desc limit ${integer(2)}`,
})

/** A lease to take, for so many milliseconds. */
export interface NewLease {
  readonly token: string
  readonly ms: number
}

/** Makes a payment due now, and ends the lease of `leaseDue`. */
export const touched = (parameter: number): string =>
  `updated_at = ${time(parameter)}, due_at = ${time(parameter)}, due_lease = null`

/** The payments, found by their key, an intent or a reference. */
export const createRecords = <Tx>({ schema, rows, first, id, ids, clock }: Database<Tx>) => {
  const sql = recordStatements(schema)
  return {
    /** Locks the payment with this root reference, created if it is new. */
    enter: async (tx: Tx, root: string) => {
      const row = await first(tx, sql.enter, root, clock())
      return { payment: row?.id ?? '', isNew: row?.is_new === 'true' }
    },
    /** Does not lock. Null: another transaction has just created it. */
    enterUnowned: (tx: Tx, key: string, unowned: Omit<Unowned, 'count'>) =>
      id(tx, sql.enterUnowned, key, toJson(unowned), clock()),
    /** Those that exist, and whether each is leased. */
    lock: async (tx: Tx, payments: readonly string[]): Promise<ReadonlyMap<string, boolean>> =>
      new Map(
        (await rows(tx, sql.lock, `{${payments.join()}}`, clock())).map((row) => [row.id ?? '', row.leased === 'true']),
      ),
    /** Whether it is leased; null where another transaction has locked it. Does not wait. */
    tryLock: async (tx: Tx, payment: string): Promise<boolean | null> => {
      const row = await first(tx, sql.tryLock, payment, clock())
      return row && row.leased === 'true'
    },
    /** Makes the payment due now, and stores what is derived from it for searching. */
    touch: (tx: Tx, record: PaymentRecord, rules: RecordRules, lease: NewLease | null = null) => {
      const values = [record.key, String(needsReview(rules, record)), clock(), rules.version]
      return rows(tx, sql.touch, ...values, lease?.token ?? null, lease && String(Math.ceil(lease.ms)))
    },
    remove: (tx: Tx, payment: string) => rows(tx, sql.remove, payment),
    read: async (tx: Tx, payment: string): Promise<PaymentRecord> => {
      const row = await first(tx, sql.read, payment)
      const record = {
        key: payment,
        intents: JSON.parse(row?.intents ?? '[]'),
        reports: JSON.parse(row?.reports ?? '[]'),
        emitted: JSON.parse(row?.emitted ?? '[]'),
      }
      const unowned = row?.unowned ?? null
      if (unowned === null) return record
      const latest = row?.latest ?? null
      const counted = { ...JSON.parse(unowned), count: Number(row?.count), ...(latest !== null && { latest }) }
      return { ...record, unowned: counted }
    },
    byReference: (tx: Tx, reference: string) => id(tx, sql.byReference, wireReference(reference)),
    byIntent: (tx: Tx, intent: PaymentRef) => id(tx, sql.byIntent, intent),
    /** Those before the payment with this id, the newest first. */
    newest: (tx: Tx, before: string, limit: number) => ids(tx, sql.newest, before, String(limit)),
  }
}

/** A lease begins with the id of its payment, so that no index is needed to find it. */
export const idOfKey = (key: string): string => /^\d{1,18}/.exec(key)?.[0] ?? '0'

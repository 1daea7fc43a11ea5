import type { RecordRules, Store } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer } from '../connection/text-values.ts'

export const dueStatements = (schema: string) => ({
  /** Skips payments that another transaction has locked: what it does makes them due anew. */
  leaseDue: `with due as (
      select id, due_at from ${schema}.payments
      where due_at <= $1::text::timestamptz
      order by due_at, id limit ${integer(3)} for no key update skip locked
    ), older as (
      select id, due_at from ${schema}.payments where derivation_version < $5::text and ${free} order by derivation_version, id
      limit greatest(${integer(3)} - (select count(*) from due), 0) for no key update skip locked
    ), newer as (
      select id, due_at from ${schema}.payments where derivation_version > $5::text and ${free} order by derivation_version, id
      limit greatest(${integer(3)} - (select count(*) from due) - (select count(*) from older), 0) for no key update skip locked
    ), work as (select * from due union all select * from older union all select * from newer), leased as (
      update ${schema}.payments set due_at = $2::text::timestamptz, due_lease = payments.id || '.' || $4::text
      from work where payments.id = work.id returning payments.id, due_lease, derivation_version, work.due_at as was_due
    )
    select id::text, due_lease, derivation_version from leased order by was_due nulls last, leased.id`,

  reschedule: `update ${schema}.payments set due_at = $3::text::timestamptz, due_lease = null
    where id = ${integer(1)} and due_lease = $2::text`,

  /** A page of payments after the one given. */
  reviews: `select id::text from ${schema}.payments
    where (needs_review or derivation_version < $2::text or derivation_version > $2::text) and id > ${integer(1)}
    order by payments.id limit 100`,
})

/** Neither selected as due nor leased by another run. */
const free = '(due_lease is null or due_at <= $1::text::timestamptz) and id not in (select id from due)'

/** A due payment, leased. */
export interface DuePayment {
  readonly payment: string
  readonly lease: string
  readonly derivationVersion: string | null
}

/** The payments that `sync` or a manual review has to look at. */
export const createDueRecords = <Tx>({ schema, rows, ids }: Database<Tx>) => {
  const sql = dueStatements(schema)
  return {
    lease: async (
      tx: Tx,
      { before, until, limit }: Parameters<Store['leaseDue']>[0],
      { token, version }: { readonly token: string; readonly version: RecordRules['version'] },
    ): Promise<readonly DuePayment[]> =>
      (await rows(tx, sql.leaseDue, before, until, String(limit), token, version)).map((row) => ({
        payment: row.id ?? '',
        lease: row.due_lease ?? '',
        derivationVersion: row.derivation_version ?? null,
      })),
    reschedule: (tx: Tx, payment: string, lease: string, due: string | null) =>
      rows(tx, sql.reschedule, payment, lease, due),
    toReview: (tx: Tx, after: string, { version }: RecordRules) => ids(tx, sql.reviews, after, version),
  }
}

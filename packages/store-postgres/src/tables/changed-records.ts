import { needsReview, type PaymentRecord, type RecordRules } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer } from '../connection/text-values.ts'

export const changedStatements = (schema: string) => ({
  markChanged: `insert into ${schema}.changed_payments (payment_id) values (${integer(1)})`,

  /** Payments that another transaction has locked stay marked. */
  mergeChanged: `with marks as (
      select position, payment_id from ${schema}.changed_payments order by position limit 100 for update skip locked
    ), found as (
      select id from ${schema}.payments where id = any(array(select payment_id from marks)) order by id for no key update skip locked
    ), merged as (
      update ${schema}.payments set derivation_version = '' where id = any(array(select id from found)) returning id
    ), done as (
      select position from marks where payment_id in (select id from merged)
      union all
      select position from marks where not exists (select from ${schema}.payments where id = payment_id)
    )
    delete from ${schema}.changed_payments where position in (select position from done)`,

  rederive: `update ${schema}.payments set needs_review = $2::text::boolean, derivation_version = $3::text
    where id = ${integer(1)}`,
})

/** Marks the payments that the rows of `moved` are removed from. Parameter 3 is the payment that receives them. */
export const changedBy = (schema: string, moved: string): string => `insert into ${schema}.changed_payments (payment_id)
      select distinct payment_id from ${moved} where payment_id <> ${integer(3)}`

/** Payments that changed while their row was not locked. The next run of `sync` derives them again. */
export const createChangedRecords = <Tx>({ schema, rows }: Database<Tx>) => {
  const sql = changedStatements(schema)
  return {
    mark: (tx: Tx, payment: string) => rows(tx, sql.markChanged, payment),
    /** Clears the derivation version of the marked payments. `leaseDue` and `reviews` find payments whose version is not current. */
    merge: (tx: Tx) => rows(tx, sql.mergeChanged),
    rederive: (tx: Tx, record: PaymentRecord, rules: RecordRules) =>
      rows(tx, sql.rederive, record.key, String(needsReview(rules, record)), rules.version),
  }
}

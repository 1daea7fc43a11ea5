import type { Database } from '../connection/database.ts'
import { integer } from '../connection/text-values.ts'

export const retentionStatements = (schema: string) => ({
  eraseIntents: `update ${schema}.intents set intent = intent #- '{settings,customerId}' #- '{settings,account}', fingerprint = ''
    where payment_id = ${integer(1)}`,

  eraseReports: `update ${schema}.reports set report = report #- '{members,accountid}' where payment_id = ${integer(1)}`,

  /**
   * `now()`, because `clock_timestamp()` would keep the index from being used. Mandates stay: the customer can revoke one years later, and
   * a refund of a charge asks for how long it has been revoked.
   */
  sweep: `delete from ${schema}.payments where id in (
      select id from ${schema}.payments
      where updated_at < coalesce($1::text::timestamptz, now()) - ${integer(2)} * interval '1 day' and due_at is null and not needs_review
        and not exists (
          select from ${schema}.intents source join ${schema}.intents drawing on drawing.intent ->> 'account' = source.payment_ref
          where source.payment_id = payments.id
        )
        and not exists (select from ${schema}.intents where payment_id = payments.id and intent ->> 'kind' = 'mandate')
      limit 500 for update skip locked
    ) returning id::text`,
})

/** What is erased or deleted, and when. */
export const createRetention = <Tx>({ schema, rows, clock }: Database<Tx>) => {
  const sql = retentionStatements(schema)
  return {
    erase: async (tx: Tx, payment: string) => {
      await rows(tx, sql.eraseIntents, payment)
      await rows(tx, sql.eraseReports, payment)
    },
    /** Returns how many were deleted: at most 500. */
    sweep: async (tx: Tx, days: number) => (await rows(tx, sql.sweep, clock(), String(days))).length,
  }
}

import { type Intent, merchantReference, paymentRef, type RecordedIntent, wireReference } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer, iso, time, toJson } from '../connection/text-values.ts'

export const intentStatements = (schema: string) => ({
  /** With its reference. Two transactions that insert at once can conflict on any of the unique keys. */
  insert: `with reference as (
      insert into ${schema}.record_references (wire_reference, payment_id) values ($2::text, ${integer(1)})
      on conflict (wire_reference) do update set wire_reference = excluded.wire_reference returning payment_id
    )
    insert into ${schema}.intents
      (payment_id, wire_reference, attempt, payment_ref, merchant_reference, intent, fingerprint, begun_at)
    select payment_id, $2::text, ${integer(3)}, $4::text, $5::text, $6::text::jsonb, $7::text, ${time(8)}
    from reference where payment_id = ${integer(1)}
    on conflict do nothing returning ${iso('begun_at')} as begun`,

  resume: `update ${schema}.intents set resumed = true where wire_reference = $1::text and attempt = ${integer(2)}`,

  update: `update ${schema}.intents set conclusion = $3::text::jsonb,
      vendor_ids = array(select jsonb_array_elements_text($4::text::jsonb))
    where wire_reference = $1::text and attempt = ${integer(2)}`,

  remove: `with gone as (
      delete from ${schema}.intents where wire_reference = $1::text and attempt = ${integer(2)} returning wire_reference
    )
    select count(*)::text from gone`,

  /** A reference without an intent is free again. */
  removeReference: `delete from ${schema}.record_references where wire_reference = $1::text
    and not exists (select from ${schema}.intents where intents.wire_reference = $1::text)`,
})

/** The intents of all payments. Their key is (reference, attempt); a reference belongs to one payment. */
export const createIntents = <Tx>({ schema, rows, first, clock }: Database<Tx>) => {
  const sql = intentStatements(schema)
  return {
    /** When it was begun; null: another transaction has just taken its key or its reference. */
    insert: async (tx: Tx, payment: string, intent: Intent, fingerprint: string) => {
      const [reference, attempt] = keyOf(intent)
      const names = [paymentRef(intent), merchantReference(intent)]
      const values = [payment, reference, attempt, ...names, toJson(intent), fingerprint, clock()]
      return (await first(tx, sql.insert, ...values))?.begun ?? null
    },
    resume: (tx: Tx, intent: Intent) => rows(tx, sql.resume, ...keyOf(intent)),
    update: (tx: Tx, { intent, conclusion, vendorIds }: RecordedIntent) =>
      rows(tx, sql.update, ...keyOf(intent), conclusion && toJson(conclusion), toJson(vendorIds)),
    remove: async (tx: Tx, intent: Intent) => {
      const [reference, attempt] = keyOf(intent)
      await rows(tx, sql.remove, reference, attempt)
      await rows(tx, sql.removeReference, reference)
    },
  }
}

const keyOf = ({ reference, attempt }: Intent) => [wireReference(reference), String(attempt)] as const

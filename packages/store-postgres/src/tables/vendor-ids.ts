import type { PaymentRef } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer, toJson } from '../connection/text-values.ts'
import { changedBy } from './changed-records.ts'

export const vendorIdStatements = (schema: string) => ({
  /** In this order, until the transaction ends. */
  lockKeys: `select pg_advisory_xact_lock(hashtextextended(key, 0))::text from jsonb_array_elements_text($1::text::jsonb) key`,

  /** Which of the vendor ids belong to other payments, and which ids only a token has assigned to the intent. */
  ofOthersAndByToken: `select
      (select coalesce(json_agg(vendor_id), '[]') from ${schema}.vendor_ids where rail = $1::text and payment_id <> ${integer(3)}
        and vendor_id in (select jsonb_array_elements_text($2::text::jsonb)))::text as of_others,
      (select coalesce(json_agg(vendor_id), '[]') from ${schema}.vendor_ids
        where payment_id = ${integer(3)} and intent = $4::text and by_token)::text as by_token`,

  /**
   * Returns the owner afterwards, and how many reports that were stored under the vendor id before its owner was known are applied now. An
   * id that a response contains is no longer one that only a token has assigned.
   */
  learn: `with learned as (insert into ${schema}.vendor_ids (rail, vendor_id, payment_id, intent, by_token)
    values ($1::text, $2::text, ${integer(3)}, $4::text, $5::text::boolean)
    on conflict (rail, vendor_id) do update set by_token = vendor_ids.by_token
      and (excluded.by_token or vendor_ids.payment_id <> excluded.payment_id)
    returning payment_id, xmax = 0 as is_new
    ), waiting as (
      select position, payment_id from ${schema}.reports
      where rail = $1::text and vendor_id = $2::text and intent is null and proof <> 'person'
        and (select is_new from learned) for update
    ), changed as (${changedBy(schema, 'waiting')}
    ), applied as (
      update ${schema}.reports set payment_id = ${integer(3)}, intent = $4::text, is_unowned = false
      where position in (select position from waiting) returning position
    )
    select payment_id::text as id, (select count(*) from applied)::text as applied from learned`,

  release: `delete from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text`,

  unapply: `update ${schema}.reports set intent = null
    where rail = $1::text and vendor_id = $2::text and payment_id = ${integer(3)} and proof <> 'person'`,
})

export interface LearnedId {
  readonly rail: string
  readonly vendorId: string
  readonly intent: PaymentRef
  /** True if only a token has assigned it: the id of a response replaces it. */
  readonly byToken: boolean
}

/** What `lock` makes others wait for. */
export type LockKey = string & { readonly __brand: 'LockKey' }

/** Every other report or response that contains this vendor id. */
export const keyOfVendorId = (rail: string, vendorId: string): LockKey => `railswitch ${rail} ${vendorId}` as LockKey

/** Every other report that names this merchant reference, and every response to an intent that has it. */
export const keyOfReference = (rail: string, reference: string): LockKey =>
  `railswitch name ${rail} ${reference}` as LockKey

/** Which payment each vendor id of a rail belongs to: one at most. */
export const createVendorIds = <Tx>({ schema, rows, first }: Database<Tx>) => {
  const sql = vendorIdStatements(schema)
  return {
    /** One after the other. */
    lock: (tx: Tx, keys: readonly LockKey[]) => rows(tx, sql.lockKeys, toJson(keys)),
    /** `ofOthers`: those of the vendor ids that belong to other payments. `byToken`: those that only a token has assigned to the intent. */
    ofOthersAndByToken: async (
      tx: Tx,
      payment: string,
      {
        rail,
        vendorIds,
        intent,
      }: { readonly rail: string; readonly vendorIds: readonly string[]; readonly intent: PaymentRef },
    ): Promise<{ readonly ofOthers: readonly string[]; readonly byToken: readonly string[] }> => {
      const row = await first(tx, sql.ofOthersAndByToken, rail, toJson(vendorIds), payment, intent)
      return { ofOthers: JSON.parse(row?.of_others ?? '[]'), byToken: JSON.parse(row?.by_token ?? '[]') }
    },
    /** Assigns the vendor id to the intent and applies what was stored under it. Null: it belongs to another payment. */
    learn: async (tx: Tx, payment: string, { rail, vendorId, intent, byToken }: LearnedId) => {
      const row = await first(tx, sql.learn, rail, vendorId, payment, intent, String(byToken))
      return row?.id === payment ? { applied: Number(row.applied) } : null
    },
    /** Frees the vendor id. Its reports stay with the payment, and are no longer applied. */
    release: async (tx: Tx, payment: string, rail: string, vendorId: string) => {
      await rows(tx, sql.release, rail, vendorId)
      await rows(tx, sql.unapply, rail, vendorId, payment)
    },
  }
}

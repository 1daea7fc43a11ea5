import type { PaymentRef } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer } from '../connection/text-values.ts'
import { changedBy } from './changed-records.ts'

export const vendorIdStatements = (schema: string) => ({
  /** Until the transaction ends. */
  lockKey: `select pg_advisory_xact_lock(hashtextextended($1::text, 0))::text`,

  ownerOf: `select payment_id::text as id from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text`,

  /** Returns the owner afterwards. An id that a response contains is no longer one that only a token has assigned. */
  learn: `insert into ${schema}.vendor_ids (rail, vendor_id, payment_id, intent, by_token)
    values ($1::text, $2::text, ${integer(3)}, $4::text, $5::text::boolean)
    on conflict (rail, vendor_id) do update set by_token = vendor_ids.by_token
      and (excluded.by_token or vendor_ids.payment_id <> excluded.payment_id)
    returning payment_id::text as id, (xmax = 0)::text as is_new`,

  /** Moves the reports that were stored under the vendor id before its owner was known. */
  applyWaiting: `with waiting as (
      select position, payment_id from ${schema}.reports
      where rail = $1::text and vendor_id = $2::text and intent is null and proof <> 'person' for update
    ), changed as (${changedBy(schema, 'waiting')})
    update ${schema}.reports set payment_id = ${integer(3)}, intent = $4::text, is_unowned = false
    where position in (select position from waiting) returning position::text`,

  learnedByToken: `select vendor_id as id from ${schema}.vendor_ids
    where payment_id = ${integer(1)} and intent = $2::text and by_token`,

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

/** Which payment each vendor id of a rail belongs to: one at most. */
export const createVendorIds = <Tx>({ schema, rows, first, id, ids }: Database<Tx>) => {
  const sql = vendorIdStatements(schema)
  return {
    /** Makes every other report or response that contains this vendor id wait. */
    lock: (tx: Tx, rail: string, vendorId: string) => rows(tx, sql.lockKey, `railswitch ${rail} ${vendorId}`),
    /** Makes every other report that names this merchant reference wait, and every response to an intent that has it. */
    lockReference: (tx: Tx, rail: string, reference: string) =>
      rows(tx, sql.lockKey, `railswitch name ${rail} ${reference}`),
    ownerOf: (tx: Tx, rail: string, vendorId: string) => id(tx, sql.ownerOf, rail, vendorId),
    /** Assigns the vendor id to the intent and applies what was stored under it. False: it belongs to another payment. */
    learn: async (tx: Tx, payment: string, { rail, vendorId, intent, byToken }: LearnedId) => {
      const row = await first(tx, sql.learn, rail, vendorId, payment, intent, String(byToken))
      if (row?.id !== payment) return false
      if (row.is_new === 'true') await rows(tx, sql.applyWaiting, rail, vendorId, payment, intent)
      return true
    },
    learnedByToken: (tx: Tx, payment: string, intent: PaymentRef) => ids(tx, sql.learnedByToken, payment, intent),
    /** Frees the vendor id. Its reports stay with the payment, and are no longer applied. */
    release: async (tx: Tx, payment: string, rail: string, vendorId: string) => {
      await rows(tx, sql.release, rail, vendorId)
      await rows(tx, sql.unapply, rail, vendorId, payment)
    },
  }
}

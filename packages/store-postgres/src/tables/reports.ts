import type { CallbackTokenClaims, PaymentRef, Report, UnownedLimits } from '@railswitch/core/store'
import type { Row } from '../connection/connection.ts'
import type { Database } from '../connection/database.ts'
import { integer, time, toJson } from '../connection/text-values.ts'
import { changedBy } from './changed-records.ts'

export const reportStatements = (schema: string) => ({
  /** By the vendor id, by a token's reference, and by the reference that the report echoes. */
  candidates: `select
      (select payment_id::text from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner,
      (select intent from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner_intent,
      (select payment_id::text from ${schema}.record_references where wire_reference = $3::text) as token,
      (select payment_id::text from ${schema}.intents where rail = $1::text and merchant_reference = $4::text) as echo`,

  /** The same, and locks those payments in the order of their ids. */
  lockCandidates: `with found as (select
      (select payment_id from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner,
      (select intent from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner_intent,
      (select payment_id from ${schema}.record_references where wire_reference = $3::text) as token,
      (select payment_id from ${schema}.intents where rail = $1::text and merchant_reference = $4::text) as echo
    ), locked as (
      select id, coalesce(lease_until > ${time(5)}, false) as leased from ${schema}.payments
      where id in (select unnest(array[owner, token, echo]) from found) order by id for no key update
    )
    select owner::text, owner_intent, token::text, echo::text,
      (select coalesce(json_object_agg(id, leased), '{}') from locked)::text as leased from found`,

  stored: `select payment_id::text as id, intent, proof, report::text, is_unowned::text from ${schema}.reports
    where rail = $1::text and report_id = $2::text`,

  insert: `insert into ${schema}.reports
      (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, named_reference, received_at)
    select id, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text::jsonb, unowned is not null, $8::text, ${time(9)}
    from ${schema}.payments where id = ${integer(1)}
    on conflict (rail, report_id) do nothing returning position::text`,

  update: `update ${schema}.reports set payment_id = payments.id, vendor_id = $4::text, intent = $5::text,
      proof = $6::text, report = $7::text::jsonb, named_reference = coalesce($8::text, named_reference),
      is_unowned = payments.unowned is not null
    from ${schema}.payments where payments.id = ${integer(1)} and rail = $2::text and report_id = $3::text`,

  /** Skips reports that another transaction is just applying. */
  takeNamed: `with named as (
      select position, payment_id from ${schema}.reports where rail = $1::text and named_reference = $2::text and is_unowned
      for update skip locked
    ), changed as (${changedBy(schema, 'named')})
    update ${schema}.reports set payment_id = ${integer(3)}, is_unowned = false, proof = 'unproven'
    where position in (select position from named) returning position::text`,

  /**
   * Deletes the reports of foreign orders beyond the limit, and all that are too old. Skips reports that another transaction is just
   * applying. Reports with a genuine token of ours show that data was lost: a flood of foreign orders does not delete them.
   */
  prune: `with surplus as (
      select position from ${schema}.reports where is_unowned and proof <> 'person' and payment_id in (
        select id from ${schema}.payments where unowned_key is not null and unowned->>'reason' = 'foreign_order')
      order by received_at desc, position desc offset ${integer(1)}
    ), outdated as (
      select position from ${schema}.reports where is_unowned and proof <> 'person'
        and received_at < coalesce($2::text::timestamptz, now()) - ${integer(3)} * interval '1 day'
    ), gone as (
      select position from ${schema}.reports
      where position in (select position from surplus union all select position from outdated)
        and is_unowned and proof <> 'person'
      for update skip locked
    )
    delete from ${schema}.reports where position in (select position from gone) returning position::text`,
})

/** The payments that may own a report, and the intent that has its vendor id. */
export interface CandidateIds {
  readonly owner: string | null
  readonly ownerIntent: PaymentRef | null
  readonly token: string | null
  readonly echo: string | null
}

/** The candidates, locked, and which of them are leased. */
export interface LockedCandidates {
  readonly found: CandidateIds
  readonly leased: Readonly<Record<string, boolean>>
}

/** A report as it is stored, and where. */
export interface StoredReport {
  readonly payment: string
  readonly report: Report
  readonly isUnowned: boolean
}

/** The reports of all payments: each is stored once, in one of them. */
export const createReports = <Tx>({ schema, rows, first, clock }: Database<Tx>) => {
  const sql = reportStatements(schema)
  return {
    candidates: async (
      tx: Tx,
      { rail, vendorId }: Pick<Report, 'rail' | 'vendorId'>,
      { token, echo }: Names,
    ): Promise<CandidateIds> =>
      candidateIds(await first(tx, sql.candidates, rail, vendorId, token?.reference ?? null, echo)),
    lockCandidates: async (
      tx: Tx,
      { rail, vendorId }: Pick<Report, 'rail' | 'vendorId'>,
      { token, echo }: Names,
    ): Promise<LockedCandidates> => {
      const row = await first(tx, sql.lockCandidates, rail, vendorId, token?.reference ?? null, echo, clock())
      return { found: candidateIds(row), leased: JSON.parse(row?.leased ?? '{}') }
    },
    stored: async (tx: Tx, rail: string, reportId: string): Promise<StoredReport | null> => {
      const row = await first(tx, sql.stored, rail, reportId)
      if (!row) return null
      const report = { ...JSON.parse(row.report ?? '{}'), intent: row.intent, proof: row.proof }
      return { payment: row.id ?? '', report, isUnowned: row.is_unowned === 'true' }
    },
    /** False: another transaction has just stored it. */
    insert: async (tx: Tx, payment: string, report: Report, named: string | null): Promise<boolean> =>
      (await rows(tx, sql.insert, payment, ...columnsOf(report), named, clock())).length === 1,
    update: (tx: Tx, payment: string, report: Report, named: string | null) =>
      rows(tx, sql.update, payment, ...columnsOf(report), named),
    /** Moves the unowned reports that name this payment to it, as unproven ones. */
    takeNamed: (tx: Tx, payment: string, rail: string, reference: string) =>
      rows(tx, sql.takeNamed, rail, reference, payment),
    /** Deletes the oldest unowned reports beyond the limits; returns how many. */
    prune: async (tx: Tx, { reports, days }: UnownedLimits) =>
      (await rows(tx, sql.prune, String(reports), clock(), String(days))).length,
  }
}

/** What a report names besides its vendor id. */
export interface Names {
  readonly token: CallbackTokenClaims | null
  readonly echo: string | null
}

const candidateIds = (row: Row | null): CandidateIds => ({
  owner: row?.owner ?? null,
  ownerIntent: (row?.owner_intent ?? null) as PaymentRef | null,
  token: row?.token ?? null,
  echo: row?.echo ?? null,
})

const columnsOf = ({ intent, proof, ...report }: Report): readonly (string | null)[] => [
  report.rail,
  report.id,
  report.vendorId,
  intent,
  proof,
  toJson(report),
]

import type { EmittedEvent } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer, time, toJson } from '../connection/text-values.ts'
import { type NewLease, touched } from './records.ts'

export const leaseStatements = (schema: string) => ({
  lease: `update ${schema}.payments set lease_token = $3::text,
    lease_until = ${time(2)} + ${integer(4)} * interval '1 millisecond' where id = ${integer(1)}`,

  leased: `select id::text, case when $3::text is not null then set_config('statement_timeout', $3::text, true) end as timeout
    from ${schema}.payments where id = ${integer(1)} and lease_token = $2::text`,

  release: `update ${schema}.payments set lease_token = null, lease_until = null
    where id = ${integer(1)} and lease_token = $2::text`,

  /** Ends the lease with the last event, and extends it with any other. */
  emit: `with held as (
      update ${schema}.payments set
        lease_token = case when $5::text::boolean then null else lease_token end,
        lease_until = case when $5::text::boolean then null else ${time(4)} + ${integer(6)} * interval '1 millisecond' end,
        ${touched(4)}
      where id = ${integer(1)} and lease_token = $2::text returning id
    )
    insert into ${schema}.emitted (payment_id, event, handled_at)
    select id, $3::text::jsonb, ${time(4)} from held returning position::text`,
})

/** Which worker handles a payment's events, and until when. */
export const createPaymentLeases = <Tx>({ schema, rows, id, clock }: Database<Tx>) => {
  const sql = leaseStatements(schema)
  return {
    lease: (tx: Tx, payment: string, { token, ms }: NewLease) =>
      rows(tx, sql.lease, payment, clock(), token, String(Math.ceil(ms))),
    /** Whether it is still leased. With a limit, each further statement of the transaction may take so many milliseconds. */
    isLeased: async (tx: Tx, payment: string, token: string, limitMs: number | null) =>
      (await id(tx, sql.leased, payment, token, limitMs === null ? null : String(Math.ceil(limitMs)))) !== null,
    release: (tx: Tx, payment: string, token: string) => rows(tx, sql.release, payment, token),
    /** Records the event as emitted. False: the lease was lost. */
    emit: async (tx: Tx, { payment, token, emitted, isLast, extendMs }: Emission): Promise<boolean> => {
      const values = [payment, token, toJson(emitted), clock(), String(isLast), String(Math.ceil(extendMs))]
      return (await rows(tx, sql.emit, ...values)).length === 1
    },
  }
}

export interface Emission {
  readonly payment: string
  readonly token: string
  readonly emitted: EmittedEvent
  readonly isLast: boolean
  /** How long the lease goes on unless the event is the last one. */
  readonly extendMs: number
}

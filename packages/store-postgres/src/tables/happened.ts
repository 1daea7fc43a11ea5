import type { TimeSpan } from '@railswitch/core/store'
import type { Database } from '../connection/database.ts'
import { integer } from '../connection/text-values.ts'

const pageSize = 100

/** As in the index. */
const reportedAt = `(report ->> 'at') collate "C"`

export const happenedStatements = (schema: string) => ({
  begun: `select payment_id::text as payment, begun_at::text as at, position::text from ${schema}.intents
    where begun_at >= $1::text::timestamptz and begun_at < $2::text::timestamptz
      and (begun_at, position) > ($3::text::timestamptz, ${integer(4)})
    order by begun_at, intents.position limit ${pageSize}`,

  reported: `select payment_id::text as payment, report ->> 'at' as at, position::text from ${schema}.reports
    where not is_unowned and ${reportedAt} >= $1::text and ${reportedAt} < $2::text
      and (${reportedAt}, position) > ($3::text, ${integer(4)})
    order by ${reportedAt}, reports.position limit ${pageSize}`,
})

/** A page of the payments of a span, and where the next one begins; null: this was the last. */
export interface HappenedPage {
  readonly payments: readonly string[]
  readonly next: { readonly at: string; readonly position: string } | null
}

/** The payments of which something happened in a span of time. One can be on several pages. */
export const createHappened = <Tx>({ schema, rows }: Database<Tx>) => {
  const sql = happenedStatements(schema)
  const page = async (
    tx: Tx,
    statement: string,
    { from, until }: TimeSpan,
    after: HappenedPage['next'],
  ): Promise<HappenedPage> => {
    const found = await rows(tx, statement, from, until, after?.at ?? from, after?.position ?? '0')
    const last = found.at(-1)
    const next = last && found.length === pageSize ? { at: last.at ?? '', position: last.position ?? '' } : null
    return { payments: found.map(({ payment }) => payment ?? ''), next }
  }
  return {
    begun: (tx: Tx, span: TimeSpan, after: HappenedPage['next']) => page(tx, sql.begun, span, after),
    reported: (tx: Tx, span: TimeSpan, after: HappenedPage['next']) => page(tx, sql.reported, span, after),
  }
}

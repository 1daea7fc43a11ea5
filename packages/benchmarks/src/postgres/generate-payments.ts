import type pg from 'pg'

/** Rows of one payment, and the texts in them that differ from payment to payment. */
export interface Template {
  readonly reference: string
  readonly orderId: string
  readonly notificationId: string
}

/** `age`: an SQL expression of the number `n`, as an interval. */
interface Range {
  readonly from: number
  readonly to: number
  readonly age: string
}

const step = 200_000

/**
 * Multiplies the template's rows in every table of the store, in the database itself: through the library, ten million payments
 * would take a day.
 */
export const generatePayments = async (
  pool: pg.Pool,
  schema: string,
  template: Template,
  { from, to, age }: Range,
  progress: (done: number) => void = () => {},
): Promise<void> => {
  for (let first = from; first <= to; first += step) {
    const last = Math.min(to, first + step - 1)
    for (const statement of statements(schema, template, age)) await pool.query(statement, [first, last])
    progress(last)
  }
}

/** Ids of generated payments begin here, above those that the library has made. */
export const firstGeneratedId = 1_000_000

const statements = (
  schema: string,
  { reference, orderId, notificationId }: Template,
  age: string,
): readonly string[] => {
  const id = `${firstGeneratedId} + n`
  const replaced = (text: string): string =>
    `replace(replace(replace(${text}, '${reference}', '${reference}-' || n), '${notificationId}', 'g' || (8000000000 + n)), '${orderId}', (7000000000 + n)::text)`
  const numbers = 'generate_series($1::bigint, $2::bigint) n'
  const of = (table: string): string =>
    `from ${schema}.${table} t join ${schema}.payments p on p.id = t.payment_id and p.root_reference = '${reference}' cross join ${numbers}`
  return [
    `insert into ${schema}.payments (id, root_reference, due_at, needs_review, derivation_version, updated_at)
      overriding system value
      select ${id}, ${replaced('root_reference')}, null, needs_review, derivation_version, now() - ${age}
      from ${schema}.payments cross join ${numbers} where root_reference = '${reference}'`,
    `insert into ${schema}.record_references (wire_reference, payment_id) select ${replaced('wire_reference')}, ${id} ${of('record_references')}`,
    `insert into ${schema}.intents (payment_id, wire_reference, attempt, payment_ref, merchant_reference, intent, fingerprint, begun_at, conclusion, vendor_ids)
      select ${id}, ${replaced('wire_reference')}, attempt, ${replaced('payment_ref')}, ${replaced('merchant_reference')},
        ${replaced('intent::text')}::jsonb, fingerprint, begun_at, ${replaced('conclusion::text')}::jsonb, array[(7000000000 + n)::text]
      ${of('intents')}`,
    `insert into ${schema}.vendor_ids (rail, vendor_id, payment_id, intent, by_token)
      select rail, ${replaced('vendor_id')}, ${id}, ${replaced('intent')}, by_token ${of('vendor_ids')}`,
    `insert into ${schema}.reports (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, received_at)
      select ${id}, rail, ${replaced('report_id')}, ${replaced('vendor_id')}, ${replaced('intent')}, proof,
        ${replaced('report::text')}::jsonb, is_unowned, received_at ${of('reports')}`,
    `insert into ${schema}.emitted (payment_id, event, handled_at) select ${id}, ${replaced('event::text')}::jsonb, handled_at ${of('emitted')}`,
  ]
}

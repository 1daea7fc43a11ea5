/** All that this package says to PostgreSQL while it works. Parameters are text or null; so are columns. */
export const statementsFor = (schema: string) => ({
  /** Creates a payment or waits for it, and locks it. */
  enter: `insert into ${schema}.payments (root, created_at, updated_at) values ($1::text, ${time(2)}, ${time(2)})
    on conflict (root) do update set root = excluded.root returning id::text`,

  enterOrphan: `insert into ${schema}.payments (orphan, created_at, updated_at) values ($1::text, ${time(2)}, ${time(2)})
    on conflict (orphan) do update set orphan = excluded.orphan returning id::text`,

  lock: `select coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = ${integer(1)} for update`,

  remove: `delete from ${schema}.payments where id = ${integer(1)}`,

  touch: `update ${schema}.payments set state = $2::text, updated_at = ${time(3)} where id = ${integer(1)}`,

  lease: `update ${schema}.payments set state = $2::text, updated_at = ${time(3)}, lease_token = $4::text,
    lease_until = ${time(3)} + ${integer(5)} * interval '1 millisecond', lease_news = ${integer(6)}
    where id = ${integer(1)}`,

  leased: `select lease_news::text as news from ${schema}.payments where id = ${integer(1)} and lease_token = $2::text`,

  release: `update ${schema}.payments set lease_token = null, lease_until = null, lease_news = null
    where id = ${integer(1)} and lease_token = $2::text`,

  finish: `with freed as (
      update ${schema}.payments set lease_token = null, lease_until = null, lease_news = null, updated_at = ${time(5)}
      where id = ${integer(1)} and lease_token = $2::text returning id
    )
    update ${schema}.news set answer = $4::text::jsonb, handled_at = ${time(5)}
    from freed where position = ${integer(3)} returning position::text`,

  read: `select
      (select coalesce(json_agg(json_build_object('intent', intent, 'fingerprint', fingerprint,
          'begunAt', ${iso('begun_at')}, 'conclusion', conclusion, 'vendorIds', vendor_ids) order by position), '[]')
        from ${schema}.intents where payment_id = ${integer(1)})::text as intents,
      (select coalesce(json_agg(json_build_object('position', position::text, 'rail', rail, 'observation', observation,
          'keptAt', ${iso('kept_at')}, 'answer', answer) order by position), '[]')
        from ${schema}.news where payment_id = ${integer(1)})::text as news`,

  /** The payment of a reference; with an attempt, of that attempt. */
  paymentOf: `select payment_id::text as id from ${schema}.intents
    where wire_reference = $1::text and attempt = coalesce(${integer(2)}, attempt) limit 1`,

  /** Where news belongs: where it is kept, where its intent is, or with other news of the same unknown payment. */
  locate: `select id::text, answer::text from (
      select 1 as rank, position, payment_id as id, answer from ${schema}.news
        where rail = $1::text and news_id = $2::text
      union all
      select 2, position, payment_id, null from ${schema}.intents
        where rail = $1::text and merchant_reference = $3::text
      union all
      select 3, position, payment_id, null from ${schema}.intents
        where rail = $1::text and vendor_ids && array(select jsonb_array_elements_text($4::text::jsonb))
      union all
      select 3, intents.position, intents.payment_id, null
        from ${schema}.news join ${schema}.intents on intents.ref = observation ->> 'subject'
        where news.rail = $1::text and intents.rail = $1::text and observation ->> 'trust' <> 'claimed'
          and vendor_id = any (array(select jsonb_array_elements_text($4::text::jsonb)))
      union all
      select 4, id, id, null from ${schema}.payments where orphan = $5::text
    ) found order by rank, position limit 1`,

  insertIntent: `insert into ${schema}.intents
      (payment_id, wire_reference, attempt, ref, merchant_reference, intent, fingerprint, begun_at)
    values (${integer(1)}, $2::text, ${integer(3)}, $4::text, $5::text, $6::text::jsonb, $7::text, ${time(8)})
    on conflict (wire_reference, attempt) do nothing returning ${iso('begun_at')} as begun`,

  updateIntent: `update ${schema}.intents set conclusion = $3::text::jsonb,
      vendor_ids = array(select jsonb_array_elements_text($4::text::jsonb))
    where wire_reference = $1::text and attempt = ${integer(2)}`,

  deleteIntent: `delete from ${schema}.intents where wire_reference = $1::text and attempt = ${integer(2)}`,

  insertNews: `insert into ${schema}.news (payment_id, rail, news_id, observation, kept_at)
    values (${integer(1)}, $2::text, $3::text, $4::text::jsonb, ${time(5)})
    on conflict (rail, news_id) do nothing returning position::text`,

  /** A page of payments that may need work, after the one given. */
  open: `select id::text from (
      select payment_id as id from ${schema}.news where answer is null and kept_at <= $2::text::timestamptz
      union
      select payment_id from ${schema}.intents where (conclusion is null or conclusion ->> 'state' = 'unknown')
        and begun_at <= $2::text::timestamptz
      union
      select id from ${schema}.payments where state in ('pending', 'not_credited_yet')
        and created_at <= $2::text::timestamptz
    ) found where id > ${integer(1)} order by id limit 100`,

  /** Locks a page of payments that nothing has happened to since, after the one given. */
  stale: `select id::text from ${schema}.payments
    where id > ${integer(1)} and created_at < $2::text::timestamptz and updated_at < $2::text::timestamptz
      and lease_token is null
    order by id limit 100 for update skip locked`,

  deleteIntents: `delete from ${schema}.intents where payment_id = ${integer(1)}`,

  deleteNews: `delete from ${schema}.news where payment_id = ${integer(1)}`,
})

/** Without a clock of ours, the database's, which all processes share. */
const time = (parameter: number): string =>
  `date_trunc('milliseconds', coalesce($${parameter}::text::timestamptz, clock_timestamp()))`

const integer = (parameter: number): string => `$${parameter}::text::bigint`

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

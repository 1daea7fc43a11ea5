/** All that this package says to PostgreSQL while it works. Parameters are text or null; so are columns. */
export const statementsFor = (schema: string) => ({
  /** Creates a payment or waits for it, and locks it. */
  enter: `insert into ${schema}.payments (root, updated_at) values ($1::text, ${time(2)})
    on conflict (root) do update set root = excluded.root returning id::text`,

  enterOrphan: `insert into ${schema}.payments (orphan, updated_at) values ($1::text, ${time(2)})
    on conflict (orphan) do update set orphan = excluded.orphan returning id::text`,

  lock: `select coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = ${integer(1)} for update`,

  remove: `delete from ${schema}.payments where id = ${integer(1)}`,

  touch: `update ${schema}.payments set ${touched(3)}, needs_person = $2::text::boolean where id = ${integer(1)}`,

  lease: `update ${schema}.payments set ${touched(3)}, needs_person = $2::text::boolean, lease_token = $4::text,
    lease_until = ${time(3)} + ${integer(5)} * interval '1 millisecond', lease_news = ${integer(6)}
    where id = ${integer(1)}`,

  /** For news that was kept before: nothing has happened to the payment. */
  leaseAgain: `update ${schema}.payments set lease_token = $3::text,
    lease_until = ${time(2)} + ${integer(4)} * interval '1 millisecond', lease_news = ${integer(5)}
    where id = ${integer(1)}`,

  leased: `select lease_news::text as news from ${schema}.payments where id = ${integer(1)} and lease_token = $2::text`,

  release: `update ${schema}.payments set lease_token = null, lease_until = null, lease_news = null
    where id = ${integer(1)} and lease_token = $2::text`,

  finish: `with freed as (
      update ${schema}.payments set lease_token = null, lease_until = null, lease_news = null, ${touched(5)}
      where id = ${integer(1)} and lease_token = $2::text returning id
    )
    update ${schema}.news set answer = $4::text::jsonb, handled_at = ${time(5)}
    from freed where position = ${integer(3)} returning position::text`,

  read: `select
      (select coalesce(json_agg(json_build_object('intent', intent, 'fingerprint', fingerprint,
          'begunAt', ${iso('begun_at')}, 'resumed', resumed, 'conclusion', conclusion,
          'vendorIds', vendor_ids) order by position), '[]')
        from ${schema}.intents where payment_id = ${integer(1)})::text as intents,
      (select coalesce(json_agg(json_build_object('position', position::text, 'id', news_id, 'rail', rail,
          'observation', observation, 'answer', answer) order by position), '[]')
        from ${schema}.news where payment_id = ${integer(1)})::text as news`,

  /** The payment of a reference; with an attempt, of that attempt. */
  paymentOf: `select payment_id::text as id from ${schema}.intents
    where wire_reference = $1::text and attempt = coalesce(${integer(2)}, attempt) order by position limit 1`,

  /** Another payment that has this reference. */
  elsewhere: `select payment_id::text as id from ${schema}.intents
    where wire_reference = $1::text and payment_id <> ${integer(2)} order by position limit 1`,

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

  /** Whichever unique key is hit first: when two insert at once, it need not be the key that names a call. */
  insertIntent: `insert into ${schema}.intents
      (payment_id, wire_reference, attempt, ref, merchant_reference, intent, fingerprint, begun_at)
    values (${integer(1)}, $2::text, ${integer(3)}, $4::text, $5::text, $6::text::jsonb, $7::text, ${time(8)})
    on conflict do nothing returning ${iso('begun_at')} as begun`,

  resume: `update ${schema}.intents set resumed = true where wire_reference = $1::text and attempt = ${integer(2)}`,

  updateIntent: `update ${schema}.intents set conclusion = $3::text::jsonb,
      vendor_ids = array(select jsonb_array_elements_text($4::text::jsonb))
    where wire_reference = $1::text and attempt = ${integer(2)}`,

  deleteIntent: `delete from ${schema}.intents where wire_reference = $1::text and attempt = ${integer(2)}`,

  forgetIntents: `update ${schema}.intents set intent = intent #- '{settings,customerId}', fingerprint = ''
    where payment_id = ${integer(1)}`,

  forgetNews: `update ${schema}.news set observation = jsonb_set(observation, '{fact,account}', '""')
    where payment_id = ${integer(1)} and observation #>> '{fact,type}' = 'account.received'`,

  insertNews: `insert into ${schema}.news (payment_id, rail, news_id, observation, kept_at)
    values (${integer(1)}, $2::text, $3::text, $4::text::jsonb, ${time(5)})
    on conflict (rail, news_id) do nothing returning position::text`,

  /** Those that another transaction works on are skipped: whatever it does makes them due anew. */
  open: `with due as (
      select id, due_at from ${schema}.payments where due_at <= $1::text::timestamptz
      order by due_at, id limit ${integer(3)} for update skip locked
    ), lent as (
      update ${schema}.payments set due_at = $2::text::timestamptz, loan = payments.id || '.' || $4::text
      from due where payments.id = due.id returning payments.id, loan, due.due_at as was_due
    )
    select id::text, loan from lent order by was_due, id`,

  postpone: `update ${schema}.payments set due_at = $3::text::timestamptz, loan = null
    where id = ${integer(1)} and loan = $2::text`,

  /** A page of payments after the one given. */
  reviews: `select id::text from ${schema}.payments where needs_person and id > ${integer(1)} order by id limit 100`,

  /** `now()`, where the other clock would keep the index from being used. */
  sweep: `delete from ${schema}.payments where id in (
      select id from ${schema}.payments
      where updated_at < coalesce($1::text::timestamptz, now()) - ${integer(2)} * interval '1 day' and due_at is null and not needs_person
        and not exists (
          select from ${schema}.intents source join ${schema}.intents drawing on drawing.intent ->> 'account' = source.ref
          where source.payment_id = payments.id
        )
      limit 500 for update skip locked
    ) returning id::text`,
})

/** Something happened to a payment: it is due now, and what was borrowed of it is out of date. */
const touched = (parameter: number): string =>
  `updated_at = ${time(parameter)}, due_at = ${time(parameter)}, loan = null`

/** Without a clock of ours, the database's, which all processes share. */
const time = (parameter: number): string =>
  `date_trunc('milliseconds', coalesce($${parameter}::text::timestamptz, clock_timestamp()))`

const integer = (parameter: number): string => `$${parameter}::text::bigint`

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

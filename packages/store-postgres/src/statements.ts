/** All that this package says to PostgreSQL while it works. Parameters are text or null; so are columns. */
export const statementsFor = (schema: string) => {
  /** The payments from which reports are just moved to another one. */
  const changed = (moved: string): string => `insert into ${schema}.changed_payments (payment_id)
      select distinct payment_id from ${moved} where payment_id <> ${integer(3)}`
  return {
    /** Until the transaction ends: whoever reports or learns this vendor id, or names or begins this reference, waits. */
    lockKey: `select pg_advisory_xact_lock(hashtextextended($1::text, 0))::text`,

    /** Creates a payment or waits for it, and locks it. */
    enter: `insert into ${schema}.payments (root, updated_at) values ($1::text, ${time(2)})
    on conflict (root) do update set root = excluded.root returning id::text`,

    /** Waits for nothing that is there: strangers do not wait for each other. Nothing where another has just made it. */
    enterUnowned: `with there as (select id from ${schema}.payments where unowned_key = $1::text), made as (
      insert into ${schema}.payments (unowned_key, unowned, updated_at)
      select $1::text, $2::text::jsonb, ${time(3)} where not exists (select from there)
      on conflict (unowned_key) do nothing returning id
    )
    select id::text from there union all select id::text from made`,

    /** In the order of their ids, so that two transactions never wait for each other. Rows that name a payment are added meanwhile. */
    lock: `select id::text, coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = any($1::text::bigint[]) order by payments.id for no key update`,

    /** Nothing where another transaction holds it. */
    tryLock: `select id::text, coalesce(lease_until > ${time(2)}, false)::text as leased
    from ${schema}.payments where id = ${integer(1)} for no key update skip locked`,

    /** That a payment changed, without the lock of its row. */
    markChanged: `insert into ${schema}.changed_payments (payment_id) values (${integer(1)})`,

    /** Those that another transaction works on are marked for the next time. */
    mergeChanged: `with marks as (
      select position, payment_id from ${schema}.changed_payments order by position limit 100 for update skip locked
    ), found as (
      select id from ${schema}.payments where id = any(array(select payment_id from marks)) order by id for no key update skip locked
    ), merged as (
      update ${schema}.payments set derived_by = '' where id = any(array(select id from found)) returning id
    ), done as (
      select position from marks where payment_id in (select id from merged)
      union all
      select position from marks where not exists (select from ${schema}.payments where id = payment_id)
    )
    delete from ${schema}.changed_payments where position in (select position from done)`,

    remove: `delete from ${schema}.payments where id = ${integer(1)}`,

    touch: `update ${schema}.payments set ${touched(3)}, needs_review = $2::text::boolean, derived_by = $4::text
    where id = ${integer(1)}`,

    lease: `update ${schema}.payments set lease_token = $3::text,
    lease_until = ${time(2)} + ${integer(4)} * interval '1 millisecond' where id = ${integer(1)}`,

    leased: `select id::text from ${schema}.payments where id = ${integer(1)} and lease_token = $2::text`,

    release: `update ${schema}.payments set lease_token = null, lease_until = null
    where id = ${integer(1)} and lease_token = $2::text`,

    /** The lease ends with the last event, and goes on for another while before that. */
    finish: `with held as (
      update ${schema}.payments set
        lease_token = case when $5::text::boolean then null else lease_token end,
        lease_until = case when $5::text::boolean then null else ${time(4)} + ${integer(6)} * interval '1 millisecond' end,
        ${touched(4)}
      where id = ${integer(1)} and lease_token = $2::text returning id
    )
    insert into ${schema}.emitted (payment_id, event, handled_at)
    select id, $3::text::jsonb, ${time(4)} from held returning position::text`,

    read: `select
      (select coalesce(json_agg(json_build_object('intent', intent, 'fingerprint', fingerprint,
          'begunAt', ${iso('begun_at')}, 'resumed', resumed, 'conclusion', conclusion,
          'vendorIds', vendor_ids) order by position), '[]')
        from ${schema}.intents where payment_id = payments.id)::text as intents,
      (select coalesce(json_agg(report || jsonb_build_object('intent', intent, 'proof', proof) order by position), '[]')
        from ${schema}.reports where payment_id = payments.id and (unowned is null or proof = 'person'))::text as reports,
      (select coalesce(json_agg(event order by position), '[]')
        from ${schema}.emitted where payment_id = payments.id)::text as emitted,
      unowned::text,
      case when unowned is null then '0' else (select count(*)
        from ${schema}.reports where payment_id = payments.id and proof <> 'person')::text end as count
    from ${schema}.payments where id = ${integer(1)}`,

    /** The payment of a reference. */
    paymentOf: `select payment_id::text as id from ${schema}.record_references where wire_reference = $1::text`,

    paymentOfIntent: `select payment_id::text as id from ${schema}.intents where ref = $1::text`,

    /** Who may own a report: by its vendor id, by a token's reference, by the reference that it echoes; and where it is stored. */
    candidates: `select
      (select payment_id::text from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner,
      (select intent from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text) as owner_intent,
      (select payment_id::text from ${schema}.record_references where wire_reference = $3::text) as token,
      (select payment_id::text from ${schema}.intents where rail = $1::text and merchant_reference = $4::text) as echo`,

    stored: `select payment_id::text as id, intent, proof, report::text, is_unowned::text from ${schema}.reports
    where rail = $1::text and report_id = $2::text`,

    insertReport: `insert into ${schema}.reports
      (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, names, received_at)
    select id, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text::jsonb, unowned is not null, $8::text, ${time(9)}
    from ${schema}.payments where id = ${integer(1)}
    on conflict (rail, report_id) do nothing returning position::text`,

    updateReport: `update ${schema}.reports set payment_id = payments.id, vendor_id = $4::text, intent = $5::text,
      proof = $6::text, report = $7::text::jsonb, names = coalesce($8::text, names), is_unowned = payments.unowned is not null
    from ${schema}.payments where payments.id = ${integer(1)} and rail = $2::text and report_id = $3::text`,

    /** The owner of a vendor id after asking for it. An id that a response teaches is no longer only a token's. */
    learn: `insert into ${schema}.vendor_ids (rail, vendor_id, payment_id, intent, by_token)
    values ($1::text, $2::text, ${integer(3)}, $4::text, $5::text::boolean)
    on conflict (rail, vendor_id) do update set by_token = vendor_ids.by_token
      and (excluded.by_token or vendor_ids.payment_id <> excluded.payment_id)
    returning payment_id::text as id, (xmax = 0)::text as is_new`,

    ownerOf: `select payment_id::text as id from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text`,

    /** What was stored under a vendor id before it was known whose it is. */
    applyWaiting: `with waiting as (
      select position, payment_id from ${schema}.reports
      where rail = $1::text and vendor_id = $2::text and intent is null and proof <> 'person' for update
    ), changed as (${changed('waiting')})
    update ${schema}.reports set payment_id = ${integer(3)}, intent = $4::text, is_unowned = false
    where position in (select position from waiting) returning position::text`,

    /** What was stored with nobody and names this payment; what another transaction just applies is passed over. */
    takeNamed: `with named as (
      select position, payment_id from ${schema}.reports where rail = $1::text and names = $2::text and is_unowned
      for update skip locked
    ), changed as (${changed('named')})
    update ${schema}.reports set payment_id = ${integer(3)}, is_unowned = false, proof = 'unproven'
    where position in (select position from named) returning position::text`,

    taughtByToken: `select vendor_id as id from ${schema}.vendor_ids
    where payment_id = ${integer(1)} and intent = $2::text and by_token`,

    forgetVendorId: `delete from ${schema}.vendor_ids where rail = $1::text and vendor_id = $2::text`,

    unapply: `update ${schema}.reports set intent = null
    where rail = $1::text and vendor_id = $2::text and payment_id = ${integer(3)} and proof <> 'person'`,

    /**
     * The oldest reports that belong to nobody give way: those beyond the limit, and those that are too old. One that is just being
     * applied to its payment is passed over.
     */
    prune: `with surplus as (
      select position from ${schema}.reports where is_unowned and proof <> 'person'
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

    insertReference: `insert into ${schema}.record_references (wire_reference, payment_id) values ($1::text, ${integer(2)})
    on conflict (wire_reference) do update set wire_reference = excluded.wire_reference returning payment_id::text as id`,

    /** Whichever unique key is hit first: when two insert at once, it need not be the key that names a call. */
    insertIntent: `insert into ${schema}.intents
      (payment_id, wire_reference, attempt, ref, merchant_reference, intent, fingerprint, begun_at)
    values (${integer(1)}, $2::text, ${integer(3)}, $4::text, $5::text, $6::text::jsonb, $7::text, ${time(8)})
    on conflict do nothing returning ${iso('begun_at')} as begun`,

    resume: `update ${schema}.intents set resumed = true where wire_reference = $1::text and attempt = ${integer(2)}`,

    updateIntent: `update ${schema}.intents set conclusion = $3::text::jsonb,
      vendor_ids = array(select jsonb_array_elements_text($4::text::jsonb))
    where wire_reference = $1::text and attempt = ${integer(2)}`,

    deleteIntent: `with gone as (
      delete from ${schema}.intents where wire_reference = $1::text and attempt = ${integer(2)} returning wire_reference
    )
    select count(*)::text from gone`,

    /** A reference without an intent is free again. */
    deleteReference: `delete from ${schema}.record_references where wire_reference = $1::text
    and not exists (select from ${schema}.intents where intents.wire_reference = $1::text)`,

    eraseIntents: `update ${schema}.intents set intent = intent #- '{settings,customerId}', fingerprint = ''
    where payment_id = ${integer(1)}`,

    eraseReports: `update ${schema}.reports set report = report #- '{members,accountid}' where payment_id = ${integer(1)}`,

    /** Those that another transaction works on are skipped: whatever it does makes them due anew. */
    leaseDue: `with due as (
      select id, due_at from ${schema}.payments
      where due_at <= $1::text::timestamptz
      order by due_at, id limit ${integer(3)} for no key update skip locked
    ), older as (
      select id, due_at from ${schema}.payments where derived_by < $5::text and ${free} order by derived_by, id
      limit greatest(${integer(3)} - (select count(*) from due), 0) for no key update skip locked
    ), newer as (
      select id, due_at from ${schema}.payments where derived_by > $5::text and ${free} order by derived_by, id
      limit greatest(${integer(3)} - (select count(*) from due) - (select count(*) from older), 0) for no key update skip locked
    ), work as (select * from due union all select * from older union all select * from newer), lent as (
      update ${schema}.payments set due_at = $2::text::timestamptz, loan = payments.id || '.' || $4::text
      from work where payments.id = work.id returning payments.id, loan, derived_by, work.due_at as was_due
    )
    select id::text, loan, derived_by from lent order by was_due nulls last, lent.id`,

    rederive: `update ${schema}.payments set needs_review = $2::text::boolean, derived_by = $3::text
    where id = ${integer(1)}`,

    reschedule: `update ${schema}.payments set due_at = $3::text::timestamptz, loan = null
    where id = ${integer(1)} and loan = $2::text`,

    /** A page of payments after the one given. */
    reviews: `select id::text from ${schema}.payments
    where (needs_review or derived_by < $2::text or derived_by > $2::text) and id > ${integer(1)}
    order by payments.id limit 100`,

    /** `now()`, where the other clock would keep the index from being used. */
    sweep: `delete from ${schema}.payments where id in (
      select id from ${schema}.payments
      where updated_at < coalesce($1::text::timestamptz, now()) - ${integer(2)} * interval '1 day' and due_at is null and not needs_review
        and not exists (
          select from ${schema}.intents source join ${schema}.intents drawing on drawing.intent ->> 'account' = source.ref
          where source.payment_id = payments.id
        )
      limit 500 for update skip locked
    ) returning id::text`,
  }
}

/** Neither chosen already nor under way. */
const free = '(loan is null or due_at <= $1::text::timestamptz) and id not in (select id from due)'

/** Something happened to a payment: it is due now, and what was borrowed of it is out of date. */
const touched = (parameter: number): string =>
  `updated_at = ${time(parameter)}, due_at = ${time(parameter)}, loan = null`

/** Without a clock of ours, the database's, which all processes share. */
const time = (parameter: number): string =>
  `date_trunc('milliseconds', coalesce($${parameter}::text::timestamptz, clock_timestamp()))`

const integer = (parameter: number): string => `$${parameter}::text::bigint`

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

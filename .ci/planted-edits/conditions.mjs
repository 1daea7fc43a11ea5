// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are source text
// Which rows the statements of the store choose, and how long anything may take.
const source = (name) => `packages/store-postgres/src/${name}.ts`
const testOf = (file, prefix) => (name) => ({
  file: `packages/store-postgres/src/${file}.test.ts`,
  name: `${prefix}${name}`,
})
const kit = testOf('store-contract', 'the store on PostgreSQL ')
const processes = testOf('exactly-once', 'processes at once on PostgreSQL ')
const schema = testOf('schema', 'the schema on PostgreSQL ')
const sweep = testOf('sweep', 'sweep ')
const upgrade = testOf('upgrade', '')
const statement = (name, from, to, test) => ({ name, file: source('statements'), from, to, test })

export const conditions = [
  statement(
    'a lease goes on at its end',
    'coalesce(lease_until > ${time(2)}, false)::text as leased\n    from ${schema}.payments where id = any',
    'coalesce(lease_until >= ${time(2)}, false)::text as leased\n    from ${schema}.payments where id = any',
    kit('ends a lease at its time, and not before'),
  ),
  statement(
    'a leased payment is free',
    'coalesce(lease_until > ${time(2)}, false)::text as leased\n    from ${schema}.payments where id = any',
    'coalesce(lease_until < ${time(2)}, false)::text as leased\n    from ${schema}.payments where id = any',
    kit('stores a report whose payment is leased, and lets one work at a time'),
  ),
  statement(
    'anybody may write',
    'leased: `select id::text from ${schema}.payments where id = ${integer(1)} and lease_token = $2::text`',
    'leased: `select id::text from ${schema}.payments where id = ${integer(1)} and $2::text is not null`',
    kit('fences a worker whose lease was taken by another'),
  ),
  statement(
    'anybody may give a lease back',
    'lease_until = null\n    where id = ${integer(1)} and lease_token = $2::text`',
    'lease_until = null\n    where id = ${integer(1)} and $2::text is not null`',
    kit('fences a worker whose lease was taken by another'),
  ),
  statement(
    'anybody may mark an event as handled',
    'where id = ${integer(1)} and lease_token = $2::text returning id\n    )',
    'where id = ${integer(1)} and $2::text is not null returning id\n    )',
    processes('a write whose lease is lost while it runs is undone, and the one who took the payment over writes'),
  ),
  statement(
    'a lease ends with every event',
    'lease_until = case when $5::text::boolean then null else ${time(4)}',
    'lease_until = case when $5::text::boolean or true then null else ${time(4)}',
    kit('goes on with the lease while further events wait'),
  ),
  statement(
    'what is due at this moment is not yet due',
    'where due_at <= $1::text::timestamptz\n',
    'where due_at < $1::text::timestamptz\n',
    kit('shows all that is due at this moment, the longest due first'),
  ),
  statement(
    'what is due is shown in any order',
    'order by was_due nulls last, lent.id`',
    'order by was_due desc nulls last, lent.id`',
    kit('shows all that is due at this moment, the longest due first'),
  ),
  statement(
    'the latest due come first',
    'order by due_at, id limit',
    'order by due_at desc, id limit',
    kit('shows sync what something happened to, the longest due first, and no more than asked for'),
  ),
  statement(
    'what happens to a payment does not end its loan',
    'due_at = ${time(parameter)}, loan = null`',
    'due_at = ${time(parameter)}`',
    kit('does not reschedule a payment to which something has happened since it was lent'),
  ),
  statement(
    'anybody may reschedule',
    'where id = ${integer(1)} and loan = $2::text`',
    'where id = ${integer(1)} and $2::text is not null`',
    kit('does not reschedule a payment to which something has happened since it was lent'),
  ),
  statement(
    'what an older release derived is not derived again',
    'derived_by < $5::text and ${free}',
    'false and derived_by < $5::text and ${free}',
    upgrade('an older release than that which derived it is shown a payment that is over, once, and derives it again'),
  ),
  statement(
    'what a newer release derived is not derived again',
    'derived_by > $5::text and ${free}',
    'false and derived_by > $5::text and ${free}',
    upgrade('a newer release than that which derived it is shown a payment that is over, once, and derives it again'),
  ),
  statement(
    'a payment under way is derived again',
    "'(loan is null or due_at <= $1::text::timestamptz) and id",
    "'id",
    upgrade('a payment that the older release works on is not derived again meanwhile'),
  ),
  statement(
    'reviews are paged by text',
    'order by payments.id limit 100',
    'order by id limit 100',
    kit('lists hundreds of payments that need review, each once and oldest first, and none that needs none'),
  ),
  statement(
    'reviews of an older derivation are not looked for',
    'needs_review or derived_by < $2::text or derived_by > $2::text',
    'needs_review or $2::text is null',
    upgrade('a review that only the newer release sees is listed at once, and found by its own column after that'),
  ),
  statement(
    'the newest strangers give way',
    'order by received_at desc, position desc offset',
    'order by received_at, position offset',
    kit('drops the oldest of them beyond the limit, and says how many'),
  ),
  statement(
    'strangers give way on their sixtieth day',
    'received_at < coalesce($2::text::timestamptz, now())',
    'received_at <= coalesce($2::text::timestamptz, now())',
    kit('drops those that are older than sixty days'),
  ),
  statement(
    'what a person said gives way too',
    "and received_at < coalesce($2::text::timestamptz, now()) - ${integer(3)} * interval '1 day'\n    ), gone as (\n      select position from ${schema}.reports\n      where position in (select position from surplus union all select position from outdated)\n        and is_unowned and proof <> 'person'",
    "or is_unowned and received_at < coalesce($2::text::timestamptz, now()) - ${integer(3)} * interval '1 day'\n    ), gone as (\n      select position from ${schema}.reports\n      where position in (select position from surplus union all select position from outdated)\n        and is_unowned",
    kit('never drops what a person said of them'),
  ),
  statement(
    'reports of payments give way too',
    "where is_unowned and proof <> 'person'\n        and received_at < coalesce($2::text::timestamptz, now()) - ${integer(3)} * interval '1 day'\n    ), gone as (\n      select position from ${schema}.reports\n      where position in (select position from surplus union all select position from outdated)\n        and is_unowned and",
    "where proof <> 'person'\n        and received_at < coalesce($2::text::timestamptz, now()) - ${integer(3)} * interval '1 day'\n    ), gone as (\n      select position from ${schema}.reports\n      where position in (select position from surplus union all select position from outdated)\n        and",
    kit('never drops a report of a payment'),
  ),
  statement(
    'strangers are not marked as such',
    '$7::text::jsonb, unowned is not null, $8::text',
    '$7::text::jsonb, false, $8::text',
    kit('drops the oldest of them beyond the limit, and says how many'),
  ),
  statement(
    'a report that moves to its payment stays a stranger’s',
    'is_unowned = payments.unowned is not null\n',
    'is_unowned = is_unowned\n',
    kit('moves a report of nobody to the payment that it names, when it comes again after the payment'),
  ),
  {
    name: 'more strangers than ten thousand are stored',
    file: 'packages/core/src/store/store.ts',
    from: 'reports: 10_000, days: 60',
    to: 'reports: 10_001, days: 60',
    test: testOf(
      'strangers',
      '',
    )('of a flood of strangers ten thousand reports are stored, under one review, and a payment’s own go through'),
  },
  statement(
    'a raised report keeps its old vendor id',
    'set payment_id = payments.id, vendor_id = $4::text,',
    'set payment_id = payments.id, vendor_id = coalesce(vendor_id, $4::text),',
    kit('raises a report that belonged to nobody by the token that comes with it, with what it says then'),
  ),
  statement(
    'a vendor id takes over what was applied elsewhere',
    "vendor_id = $2::text and intent is null and proof <> 'person' for update",
    "vendor_id = $2::text and proof <> 'person' for update",
    kit('leaves what a look-up showed with its payment, when the vendor id becomes another’s'),
  ),
  statement(
    'a payment takes what named another rail’s',
    'where rail = $1::text and names = $2::text and is_unowned\n',
    'where $1::text is not null and names = $2::text and is_unowned\n',
    kit('gives a payment no report that named another rail’s, another attempt, or that the vendor’s own key signed'),
  ),
  statement(
    'what named a payment by its token stays proven',
    "is_unowned = false, proof = 'unproven'\n",
    'is_unowned = false\n',
    kit('gives a payment the reports that named it before it was stored, as unproven ones, where the secret is ours'),
  ),
  statement(
    'a token’s vendor id stays a token’s',
    'set by_token = vendor_ids.by_token\n      and (excluded.by_token or vendor_ids.payment_id <> excluded.payment_id)',
    'set by_token = vendor_ids.by_token',
    kit('lets no response replace a vendor id that a look-up or another response taught'),
  ),
  statement(
    'reports of a replaced vendor id stay applied',
    'unapply: `update ${schema}.reports set intent = null',
    'unapply: `update ${schema}.reports set intent = intent',
    kit('lets the vendor id of a response replace one that a token taught, whose reports need review'),
  ),
  statement(
    'a payment from which a report moved away keeps its review',
    "), changed as (${changed('waiting')})\n",
    ')\n',
    sweep('deletes a payment whose only review was a report that moved to its own payment'),
  ),
  statement(
    'sweep deletes what is due',
    'and due_at is null and not needs_review\n',
    'and not needs_review\n',
    sweep('deletes what is over for 400 days, and neither what is open nor what a person must see'),
  ),
  statement(
    'sweep deletes what needs review',
    'and due_at is null and not needs_review\n',
    'and due_at is null\n',
    sweep('deletes what is over for 400 days, and neither what is open nor what a person must see'),
  ),
  statement(
    'sweep deletes accounts that are drawn on',
    "on drawing.intent ->> 'account' = source.ref",
    "on drawing.intent ->> 'account' = source.fingerprint",
    testOf('sweep', '')('an account is kept as long as the charges and payouts that draw on it'),
  ),
  {
    name: 'a write asks the database for as long as it likes',
    file: source('sql-store'),
    from: 'await rows.limitStatements(tx, timeoutMs)\n',
    to: '',
    test: processes('row 18: what a write asks of the database is given up as well, and by then what waits for a lock'),
  },
  {
    name: 'a write may take for ever',
    file: source('sql-store'),
    from: 'await withinTime(applicationWrite(write, tx), timeoutMs)',
    to: 'await applicationWrite(write, tx)',
    test: processes('row 18: a write that never ends is given up, and takes no connection from other payments'),
  },
  {
    name: 'the connection of a write that was given up is another’s',
    file: source('pool-connection'),
    from: 'broken = error instanceof WriteTimeout || !(await rolledBack(client))',
    to: 'broken = !(await rolledBack(client))',
    test: processes('row 18: a write that was given up writes nothing afterwards, into no other transaction either'),
  },
  {
    name: 'the application writes after our mark is locked',
    file: source('sql-store'),
    from: 'if (!(await rows.isLeased(tx, payment, token))) return false\n',
    to: 'if (!(await rows.isLeased(tx, payment, token)) || (await rows.lock(tx, [payment])).size === 0) return false\n',
    test: processes('an application that locks rows in its write does not make another payment wait'),
  },
  {
    name: 'the store may be called inside a write',
    file: source('transactions'),
    from: 'if (writing.getStore()?.ended === false) throw calledWithin\n',
    to: '',
    test: processes(
      'a call of the store inside the write is refused at once, instead of waiting for its own connection',
    ),
  },
  {
    name: 'another build’s step counts as this one’s',
    file: source('schema'),
    from: 'Number(version) === index + 1 && checksum === checksums[index]',
    to: 'Number(version) === index + 1',
    test: schema(
      'a schema that another build made is refused, by migrate() and by every call, with the table and what to do',
    ),
  },
  {
    name: 'an index is missing',
    file: source('migrations'),
    from: "`create index reports_unowned on ${schema}.reports (received_at, position) where is_unowned and proof <> 'person'`,\n",
    to: '',
    test: schema('with many payments and strangers stored, every statement reads by index'),
  },
]

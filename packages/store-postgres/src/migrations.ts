/** One step of the schema. Released steps never change; later ones only add, so that an older release works beside a newer one. */
interface Migration {
  readonly name: string
  readonly statements: (schema: string) => readonly string[]
}

/** In order: the first is version 1. */
const migrations: readonly Migration[] = [
  {
    name: 'payments, intents, news',
    statements: (schema) => [
      `create table ${schema}.payments (
  id bigint generated always as identity primary key,
  root text unique,
  orphan text unique,
  lease_token text,
  lease_until timestamptz,
  lease_news bigint,
  due_at timestamptz,
  loan text,
  needs_person boolean not null default false,
  updated_at timestamptz not null,
  check ((root is null) <> (orphan is null))
)`,
      `create index payments_due on ${schema}.payments (due_at, id)`,
      `create index payments_for_person on ${schema}.payments (id) where needs_person`,
      `create index payments_over on ${schema}.payments (updated_at) where due_at is null and not needs_person`,
      `create table ${schema}.intents (
  position bigint generated always as identity primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  wire_reference text not null,
  attempt smallint not null,
  ref text not null unique,
  merchant_reference text not null,
  intent jsonb not null,
  rail text not null generated always as (intent ->> 'rail') stored,
  kind text not null generated always as (intent ->> 'kind') stored,
  amount numeric generated always as ((intent #>> '{expect,value}')::numeric) stored,
  currency text generated always as (intent #>> '{expect,currency}') stored,
  fingerprint text not null,
  begun_at timestamptz not null,
  resumed boolean not null default false,
  conclusion jsonb,
  vendor_ids text[] not null default '{}',
  unique (wire_reference, attempt),
  unique (rail, merchant_reference)
)`,
      // The payments whose account is paid or charged.
      `create index intents_by_account on ${schema}.intents ((intent ->> 'account')) where intent ->> 'account' is not null`,
      `create index intents_of_payment on ${schema}.intents (payment_id)`,
      // Without fastupdate: every claim reads this index, and would read its list of pending entries from end to end.
      `create index intents_by_vendor_id on ${schema}.intents using gin (vendor_ids) with (fastupdate = off)`,
      `create table ${schema}.news (
  position bigint generated always as identity primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  rail text not null,
  news_id text not null,
  observation jsonb not null,
  vendor_id text not null generated always as (observation ->> 'vendorId') stored,
  kept_at timestamptz not null,
  answer jsonb,
  handled_at timestamptz,
  unique (rail, news_id)
)`,
      `create index news_of_payment on ${schema}.news (payment_id)`,
      `create index news_by_vendor_id on ${schema}.news (rail, vendor_id)`,
    ],
  },
]

/** The version that this release needs. */
export const schemaVersion = migrations.length

/** Needs the right to make schemas, which the rest does not: left out where an administrator has made it. */
export const createSchema = (schema: string): string => `create schema if not exists ${schema}`

/** The statements that lead from one version to this release's, each of them one command, within the schema. */
export const statementsAfter = (version: number, schema: string): readonly string[] => [
  ...(version === 0
    ? [
        `create table ${schema}.migrations (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now()
)`,
      ]
    : []),
  ...migrations.flatMap(({ name, statements }, index) =>
    index < version
      ? []
      : [
          ...statements(schema),
          `insert into ${schema}.migrations (version, name) values (${index + 1}, '${name.replaceAll("'", "''")}')`,
        ],
  ),
]

import { createHash } from 'node:crypto'

/** One step of the schema. Released steps never change; later ones only add, so that an older release works beside a newer one. */
interface Migration {
  readonly name: string
  readonly statements: (schema: string) => readonly string[]
}

/** In order: the first is version 1. */
const migrations: readonly Migration[] = [
  {
    name: 'payments, intents, vendor ids, reports, emitted events',
    statements: (schema) => [
      // `root`: a payment's deposit or payout; `unowned`: reports that belong to no payment of ours, by rail and day.
      `create table ${schema}.payments (
  id bigint generated always as identity primary key,
  root text unique,
  unowned_key text unique,
  unowned jsonb,
  lease_token text,
  lease_until timestamptz,
  due_at timestamptz,
  loan text,
  needs_review boolean not null default false,
  derived_by text not null default '',
  updated_at timestamptz not null,
  check ((root is null) = (unowned_key is not null and unowned is not null))
)`,
      `create index payments_due on ${schema}.payments (due_at, id)`,
      `create index payments_to_review on ${schema}.payments (id) where needs_review`,
      `create index payments_derived_by on ${schema}.payments (derived_by, id)`,
      `create index payments_over on ${schema}.payments (updated_at) where due_at is null and not needs_review`,
      // A reference belongs to one payment, whatever the attempt.
      `create table ${schema}.record_references (
  wire_reference text primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade
)`,
      `create index record_references_of_payment on ${schema}.record_references (payment_id)`,
      `create table ${schema}.intents (
  position bigint generated always as identity primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  wire_reference text not null references ${schema}.record_references,
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
      // A vendor's id of a rail belongs to one payment.
      `create table ${schema}.vendor_ids (
  rail text not null,
  vendor_id text not null,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  intent text not null,
  by_token boolean not null,
  primary key (rail, vendor_id)
)`,
      `create index vendor_ids_of_payment on ${schema}.vendor_ids (payment_id)`,
      `create table ${schema}.reports (
  position bigint generated always as identity primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  rail text not null,
  report_id text not null,
  vendor_id text not null,
  intent text,
  proof text not null,
  report jsonb not null,
  is_unowned boolean not null,
  names text,
  received_at timestamptz not null,
  unique (rail, report_id)
)`,
      `create index reports_of_payment on ${schema}.reports (payment_id)`,
      `create index reports_waiting on ${schema}.reports (rail, vendor_id) where intent is null`,
      // Reports of nobody, by the merchant reference that they name.
      `create index reports_naming on ${schema}.reports (rail, names) where is_unowned and names is not null`,
      `create index reports_unowned on ${schema}.reports (received_at, position) where is_unowned and proof <> 'person'`,
      // Payments that changed without the lock of their row: the next run of sync derives them again.
      `create table ${schema}.changed_payments (
  position bigint generated always as identity primary key,
  payment_id bigint not null
)`,
      `create table ${schema}.emitted (
  position bigint generated always as identity primary key,
  payment_id bigint not null references ${schema}.payments on delete cascade,
  event jsonb not null,
  handled_at timestamptz not null
)`,
      `create index emitted_of_payment on ${schema}.emitted (payment_id)`,
    ],
  },
]

/** The version that this release needs. */
export const schemaVersion = migrations.length

/** A digest of each step, stored beside its number: another build's step of that number is another step. */
export const checksums: readonly string[] = migrations.map(({ statements }) =>
  createHash('sha256').update(statements('"schema"').join(';\n')).digest('hex'),
)

/** The tables of all steps, and last the one that records the steps. */
export const tableNames: readonly string[] = [
  ...migrations.flatMap(({ statements }) =>
    statements('"schema"').flatMap((statement) => /^create table "schema"\.(\w+)/.exec(statement)?.[1] ?? []),
  ),
  'migrations',
]

/** Needs the right to make schemas, which the rest does not: left out where an administrator has made it. */
export const createSchema = (schema: string): string => `create schema if not exists ${schema}`

/** The statements that lead from one version to this release's, each of them one command, within the schema. */
export const statementsAfter = (version: number, schema: string): readonly string[] => [
  ...(version === 0
    ? [
        `create table ${schema}.migrations (
  version integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now()
)`,
      ]
    : []),
  ...migrations.flatMap(({ name, statements }, index) =>
    index < version
      ? []
      : [
          ...statements(schema),
          `insert into ${schema}.migrations (version, name, checksum)
  values (${index + 1}, '${name.replaceAll("'", "''")}', '${checksums[index]}')`,
        ],
  ),
]

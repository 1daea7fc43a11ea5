/** Version 1: payments, intents, vendor ids, reports and emitted events. */
export const firstVersion = (schema: string): readonly string[] => [
  // `root_reference`: of the deposit or payout; `unowned`: of reports that belong to no payment, by rail and day.
  `create table ${schema}.payments (
  id bigint generated always as identity primary key,
  root_reference text unique,
  unowned_key text unique,
  unowned jsonb,
  lease_token text,
  lease_until timestamptz,
  due_at timestamptz,
  due_lease text,
  needs_review boolean not null default false,
  derivation_version text not null default '',
  updated_at timestamptz not null,
  check ((root_reference is null) = (unowned_key is not null and unowned is not null))
)`,
  `create index payments_due on ${schema}.payments (due_at, id)`,
  `create index payments_to_review on ${schema}.payments (id) where needs_review`,
  `create index payments_of_version on ${schema}.payments (derivation_version, id)`,
  `create index payments_to_sweep on ${schema}.payments (updated_at) where due_at is null and not needs_review`,
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
  payment_ref text not null unique,
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
  // Of the payments whose account is paid or charged.
  `create index intents_by_account on ${schema}.intents ((intent ->> 'account')) where intent ->> 'account' is not null`,
  `create index intents_of_payment on ${schema}.intents (payment_id)`,
  // A vendor id of a rail belongs to one payment.
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
  named_reference text,
  received_at timestamptz not null,
  unique (rail, report_id)
)`,
  `create index reports_of_payment on ${schema}.reports (payment_id)`,
  `create index reports_waiting on ${schema}.reports (rail, vendor_id) where intent is null`,
  // Unowned reports, by the merchant reference that they name.
  `create index reports_by_named_reference on ${schema}.reports (rail, named_reference)
  where is_unowned and named_reference is not null`,
  `create index reports_unowned on ${schema}.reports (received_at, position) where is_unowned and proof <> 'person'`,
  // Payments that changed without a lock of their row: the next run of sync derives them again.
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
]

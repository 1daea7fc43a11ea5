import { type PaymentRecord, type Store, type UnownedLimits, unownedLimits } from '@railswitch/core/store'
import type { Connection } from '../connection/connection.ts'
import { createDatabase } from '../connection/database.ts'
import { migrate, quotedSchema } from '../schema/migrate.ts'
import { createTables } from '../tables/tables.ts'
import { begin } from './begin.ts'
import { claim, claimRecord } from './claim.ts'
import { conclude } from './conclude.ts'
import { createDue } from './due.ts'
import { happenedBetween } from './happened-between.ts'
import { createLeases } from './leases.ts'
import { listPayments } from './list-payments.ts'
import { createRetention } from './retention.ts'
import { createTransactions } from './transactions.ts'

/** The PostgreSQL store: the `Store` interface, plus migrations and retention. */
export interface PostgresStore<Tx> extends Store<Tx> {
  /** Brings the tables to this release's version: call it when the application is deployed. Safe in several processes at once. */
  migrate(): Promise<void>
  /**
   * Deletes payments to which nothing has happened for `days` (1 or more, by default 400), that need neither `sync` nor a manual
   * review, and whose account no stored payout or charge uses. Returns how many. A deleted payment can neither be refunded
   * nor recognised. Rejects with `invalid_input`.
   */
  sweep(options?: { readonly days?: number }): Promise<number>
  /** All payments, the newest first. They are read in pages, each in a transaction of its own. */
  list(): AsyncIterable<PaymentRecord>
}

export interface StoreOptions {
  /** The schema of our tables, by default `railswitch`. */
  readonly schema?: string
  /** For tests; by default the database's clock, which all processes share. */
  readonly now?: () => Date
  /** For tests: how many unowned reports are stored, and for how long. */
  readonly unowned?: UnownedLimits
}

/** Locks are few and taken in one order: vendor ids, references that a report names, payments, then the keys of what is written. */
export const sqlStore = <Tx>(
  connection: Connection<Tx>,
  durable: boolean,
  { schema: name, now, unowned: limits = unownedLimits }: StoreOptions,
): PostgresStore<Tx> => {
  const schema = quotedSchema(name)
  const tables = createTables(createDatabase(connection, schema, () => now?.() ?? null))
  const placement = { tables, limits, now: () => now?.() ?? new Date() }
  const transactions = createTransactions(connection, schema)
  const { transaction, untilSettled } = transactions
  return {
    durable,
    begin: (request, rules) => untilSettled((tx) => begin({ tx, tables }, request, rules)),
    conclude: (intent, conclusion, learned, rules) =>
      untilSettled((tx) => conclude({ tx, tables }, { intent, conclusion, learned }, rules)),
    claim: (arrival, leaseMs, rules) => untilSettled((tx) => claim({ tx, ...placement }, arrival, { leaseMs, rules })),
    claimRecord: (key, leaseMs, rules) => transaction((tx) => claimRecord({ tx, tables }, key, { leaseMs, rules })),
    find: (reference) =>
      transaction(async (tx) => {
        const payment = await tables.records.byReference(tx, reference)
        return payment === null ? null : tables.records.read(tx, payment)
      }),
    findByVendorId: ({ rail, vendorId, merchantReference: echo }) =>
      transaction(async (tx) => {
        const found = await tables.reports.candidates(tx, { rail, vendorId }, { token: null, echo })
        const payment = found.owner ?? found.echo
        return payment === null ? null : tables.records.read(tx, payment)
      }),
    happenedBetween: (span) => happenedBetween(tables, transactions, span),
    ...createLeases(tables, transactions),
    ...createDue(tables, transactions),
    ...createRetention(tables, transactions),
    list: () => listPayments(tables, transactions),
    migrate: () => migrate(connection, schema),
  }
}

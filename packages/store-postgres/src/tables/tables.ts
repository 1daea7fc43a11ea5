import type { Database } from '../connection/database.ts'
import { createChangedRecords } from './changed-records.ts'
import { createDueRecords } from './due-records.ts'
import { createHappened } from './happened.ts'
import { createIntents } from './intents.ts'
import { createPaymentLeases } from './leases.ts'
import { createRecords } from './records.ts'
import { createReports } from './reports.ts'
import { createRetention } from './retention.ts'
import { createVendorIds } from './vendor-ids.ts'

/** What the operations read and write within a transaction. */
export const createTables = <Tx>(database: Database<Tx>) => ({
  records: createRecords(database),
  changed: createChangedRecords(database),
  intents: createIntents(database),
  vendorIds: createVendorIds(database),
  reports: createReports(database),
  leases: createPaymentLeases(database),
  due: createDueRecords(database),
  happened: createHappened(database),
  retention: createRetention(database),
})

export type Tables<Tx> = ReturnType<typeof createTables<Tx>>

/** A transaction, and the tables that it reads and writes. */
export interface Session<Tx> {
  readonly tx: Tx
  readonly tables: Tables<Tx>
}

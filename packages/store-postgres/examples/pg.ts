import { postgresStore } from '@railswitch/store-postgres'
import type { Pool } from 'pg'

/** `commit((tx) => …)` gets the `PoolClient` of our transaction. */
export const storeOverPg = (pool: Pool) => postgresStore({ pool })

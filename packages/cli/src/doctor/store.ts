import { openStore, UnusableStore } from '../application/open-store.ts'
import type { StoreOptions } from '../application/options.ts'
import type { RailSummary } from '../config/check-config.ts'
import { isPaymentError, UsageError } from '../errors.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Whether the store can be opened, its schema and its durability. Nothing is written. */
export const storeFindings = async (
  options: StoreOptions,
  env: Readonly<Record<string, string | undefined>>,
  rails: readonly RailSummary[],
): Promise<readonly Finding[]> => {
  try {
    const { store, name, close } = await openStore(options, env)
    try {
      await store.find('railswitch-doctor')
      const durable = store.durable
        ? ok('store', `${name}: the schema is that of this version, and it is durable`)
        : rails.some(({ environment }) => environment === 'live')
          ? problem('store', `${name} can lose payments, and a rail is live`, 'use PostgreSQL: set DATABASE_URL')
          : ok('store', `${name}: for development, because a crash of the machine can lose payments`)
      return [durable]
    } finally {
      await close()
    }
  } catch (error) {
    if (error instanceof UsageError)
      return [warning('store', 'not checked, because no store is named', 'set DATABASE_URL, or pass --store-folder')]
    if (error instanceof UnusableStore)
      return [error.isInUse ? ok('store', inUse) : problem('store', error.message, error.fix)]
    if (isPaymentError(error)) return [problem('store', error.message, error.hint)]
    const { message, code } = error as NodeJS.ErrnoException
    return [
      problem(
        'store',
        `the database does not respond (${message || code || 'no reason'})`,
        'check DATABASE_URL, and that it runs',
      ),
    ]
  }
}

const inUse = 'another process uses the folder, probably your application, so only that process can look into it'

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PostgresStore } from '@railswitch/store-postgres'
import type { Payments } from 'railswitch'
import { UsageError } from '../errors.ts'

/** What the application's module exports. */
export interface ImportedApplication {
  readonly payments: Payments
  readonly store: PostgresStore<unknown> | null
}

/** Imports the module with the variables of `--env-file` in the environment. */
export const importApplication = async (
  module: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ImportedApplication> => {
  Object.assign(process.env, env)
  const exported = await import(pathToFileURL(resolve(module)).href).catch((error: unknown) => {
    throw new UsageError(`${module} cannot be imported: ${whyNot(error)}`)
  })
  const payments: unknown = typeof exported.payments === 'function' ? await exported.payments() : exported.payments
  if (typeof Object(payments).getDeposit !== 'function')
    throw new UsageError(
      `${module} must export \`payments\`: the result of createPayments(), or a function that returns it.`,
    )
  const store: unknown = exported.store
  return {
    payments: payments as Payments,
    store: typeof Object(store).migrate === 'function' ? (store as PostgresStore<unknown>) : null,
  }
}

const whyNot = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ERR_UNKNOWN_FILE_EXTENSION'
    ? "it is TypeScript, which this Node does not load. Install tsx, and set NODE_OPTIONS='--import tsx'"
    : (message ?? 'unknown error')
}

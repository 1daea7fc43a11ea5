import { eventTypes, type Logger } from '@railswitch/core'
import type { PostgresStore } from '@railswitch/store-postgres'
import { type ConfigFile, createPayments, type Handlers, type Payments } from 'railswitch'
import { UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import { importApplication } from './import-application.ts'
import { openStore } from './open-store.ts'
import type { ApplicationOptions } from './options.ts'
import { readConfiguration, readEnvironment } from './read-configuration.ts'

/** The payments of an application, with its store. */
export interface Application {
  readonly payments: Payments
  readonly store: () => PostgresStore<unknown>
  /** Null with `--app`: the module has it. */
  readonly config: ConfigFile | null
  /** The ids of events that wait for the application. */
  readonly waiting: ReadonlySet<string>
}

/** Runs `work` with the application of these options, and closes the application. */
export const withApplication = async <Result>(
  options: ApplicationOptions,
  terminal: Terminal,
  work: (application: Application) => Promise<Result>,
): Promise<Result> => {
  const { application, close } = await (options.app === undefined
    ? openConfigured(options, terminal)
    : openImported(options, options.app, terminal))
  try {
    return await work(application)
  } finally {
    await application.payments.close()
    await close()
  }
}

const openImported = async (options: ApplicationOptions, module: string, terminal: Terminal) => {
  const { payments, store } = await importApplication(module, await readEnvironment(options, terminal))
  const own = store === null && (options.storeFolder !== undefined || options.storeSchema !== undefined)
  if (own) throw new UsageError('With --app, the module names the store: let it export `store` beside `payments`.')
  const application: Application = {
    payments,
    store: () => {
      if (store === null) throw new UsageError(`${module} must export \`store\` beside \`payments\` for this command.`)
      return store
    },
    config: null,
    waiting: new Set(),
  }
  return { application, close: async () => closeIfPossible(store) }
}

/** An embedded store keeps the process alive. */
const closeIfPossible = async (store: PostgresStore<unknown> | null): Promise<void> => {
  const { close } = Object(store) as { readonly close?: () => Promise<void> }
  if (typeof close === 'function') await close()
}

const openConfigured = async (options: ApplicationOptions, terminal: Terminal) => {
  const { config, env } = await readConfiguration(options, terminal)
  const { store, close } = await openStore(options, env)
  const waiting = new Set<string>()
  try {
    const payments = createPayments({
      ...config,
      ...(options.activeRail !== undefined && { active: options.activeRail }),
      store,
      logger: loggerFor(terminal),
      onError: () => {},
    })
    payments.on(refusingHandlers(waiting))
    return { application: { payments, store: () => store, config, waiting }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Handles nothing: an event that a handler refuses stays pending, so that the application handles it. */
const refusingHandlers = (waiting: Set<string>): Handlers =>
  Object.fromEntries(
    eventTypes.map((type) => [
      type,
      ({ id }: { readonly id: string }) => {
        waiting.add(id)
        throw new Error('the application handles this event')
      },
    ]),
  ) as unknown as Handlers

/** Warnings go to stderr. That no handler ran is no error here. */
const loggerFor = ({ err }: Terminal): Logger => ({
  info: () => {},
  warn: (fields, message) => err(`railswitch: warning: ${message}${hintOf(fields)}\n`),
  error: (fields, message) => {
    if (!message.startsWith('event not handled: the handler failed')) err(`railswitch: ${message}${hintOf(fields)}\n`)
  },
})

const hintOf = (fields: object): string => {
  const { hint, rail, reference } = fields as {
    readonly hint?: string
    readonly rail?: string
    readonly reference?: string
  }
  const named = [reference ?? rail, hint].filter((one) => one !== undefined)
  return named.length === 0 ? '' : ` (${named.join(': ')})`
}

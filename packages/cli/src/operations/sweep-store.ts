import { openStore } from '../application/open-store.ts'
import type { StoreOptions } from '../application/options.ts'
import { readEnvironment } from '../application/read-configuration.ts'
import { printResult } from '../output/print.ts'
import { counted } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends StoreOptions {
  readonly days: number
  readonly json?: true
}

export const sweepStore = async ({ json, days, ...options }: Options, terminal: Terminal): Promise<void> => {
  const { store, close } = await openStore(options, await readEnvironment(options, terminal))
  try {
    const deleted = await store.sweep({ days })
    printResult(terminal, {
      json,
      result: { deleted },
      toText: () => `${counted(deleted, 'payment')} deleted, to which nothing had happened for ${days} days.\n`,
    })
  } finally {
    await close()
  }
}

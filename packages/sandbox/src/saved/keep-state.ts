import type { startVendors } from '../vendors.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { type PayablState, restorePayabl, savePayabl } from './payabl-state.ts'
import { restoreTrustly, saveTrustly, type TrustlyState } from './trustly-state.ts'

/** What a sandbox keeps over restarts. */
export interface SandboxState {
  readonly port: number
  readonly token: string
  readonly ahead: number
  readonly trustly: TrustlyState
  readonly payabl: PayablState
}

export type StateFolder = DataFolder<SandboxState>

export const openState = (folder: string): StateFolder => openDataFolder<SandboxState>(folder)

type Vendors = Awaited<ReturnType<typeof startVendors>>

export const restore = ({ trustly, payabl }: Vendors, saved: SandboxState): void => {
  restoreTrustly(trustly, saved.trustly)
  restorePayabl(payabl, saved.payabl)
}

// Writing a state of ten thousand payments takes some tenths of a second.
const shortestIntervalMs = 2000

/** Saves the state after changes, at most once in two seconds, and at the end. Gives the function that ends it. */
export const keepState = (
  folder: StateFolder,
  vendors: Vendors,
  { port, token }: Pick<SandboxState, 'port' | 'token'>,
): (() => void) => {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    timer = undefined
    const { trustly, payabl, clock } = vendors
    folder.save({ port, token, ahead: clock.ahead(), trustly: saveTrustly(trustly), payabl: savePayabl(payabl) })
  }
  save()
  const end = vendors.changes.subscribe(() => {
    timer ??= setTimeout(save, shortestIntervalMs).unref()
  })
  return () => {
    end()
    clearTimeout(timer)
    save()
  }
}

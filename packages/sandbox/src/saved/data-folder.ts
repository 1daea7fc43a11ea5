import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

/** A folder that keeps one state over restarts. Only this user can read it: the state has keys and secrets. */
export interface DataFolder<State> {
  /** Undefined when the folder has no state yet. Throws if it has one of another release. */
  readonly load: () => State | undefined
  readonly save: (state: State) => void
}

// Raised when the state of an earlier release cannot be read any more.
const format = 2

export const openDataFolder = <State>(folder: string): DataFolder<State> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'sandbox-state.bin')
  return {
    load: () => {
      if (!existsSync(file)) return undefined
      const saved = deserialize(readFileSync(file)) as { readonly format: number; readonly state: State }
      if (saved.format === format) return saved.state
      throw new Error(`${file} is the state of another release of the sandbox: delete it to start anew.`)
    },
    save: (state) => {
      // A process that ends while it writes must not leave half a state.
      const next = `${file}.next`
      writeFileSync(next, serialize({ format, state }), { mode: 0o600 })
      renameSync(next, file)
    },
  }
}

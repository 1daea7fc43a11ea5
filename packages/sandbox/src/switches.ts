/** A vendor's settings, which can be changed while it runs. */
export type Switches = {
  readonly read: () => Readonly<Record<string, unknown>>
  /** Throws a sentence on a name that does not exist and on a value of another type; then nothing is changed. */
  readonly set: (changes: Readonly<Record<string, unknown>>) => void
}

/** Switches over an object that its readers share: they see a change at once. */
export const createSwitches = (shared: object): Switches => {
  const current = new Map(Object.entries(shared))
  return {
    read: () => ({ ...shared }),
    set: (changes) => {
      for (const [name, value] of Object.entries(changes)) {
        if (!current.has(name)) throw new Error(`There is no switch ${name}.`)
        if (kindOf(value) !== kindOf(current.get(name)))
          throw new Error(`${name} takes another kind of value, as in ${JSON.stringify(current.get(name))}.`)
      }
      Object.assign(shared, changes)
    },
  }
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)

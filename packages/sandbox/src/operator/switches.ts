/** A vendor's settings, which can be changed while it runs. */
export type Switches = {
  readonly read: () => object
  /** Throws a sentence on a name that does not exist and on a value of another kind; then nothing is changed. */
  readonly set: (changes: Readonly<Record<string, unknown>>) => void
}

type Setting = { readonly read: () => object; readonly write: (changes: Readonly<Record<string, unknown>>) => void }

/** Switches that are checked by what they are now. */
export const createSwitches = ({ read, write }: Setting): Switches => ({
  read,
  set: (changes) => {
    const current = new Map(Object.entries(read()))
    for (const [name, value] of Object.entries(changes)) {
      if (!current.has(name)) throw new Error(`There is no switch ${name}.`)
      if (kindOf(value) !== kindOf(current.get(name)))
        throw new Error(`${name} takes another kind of value, as in ${JSON.stringify(current.get(name))}.`)
    }
    write(changes)
  },
})

// Every list is one of texts.
const kindOf = (value: unknown): string => {
  if (!Array.isArray(value)) return typeof value
  return value.every((one) => typeof one === 'string') ? 'texts' : 'list'
}

/** A vendor's settings that can be changed while it runs. */
export interface Switches {
  readonly read: () => object
  /** Throws on an unknown name and on a value of another kind; then nothing is changed. */
  readonly set: (changes: Readonly<Record<string, unknown>>) => void
}

interface Access {
  readonly read: () => object
  readonly write: (changes: Readonly<Record<string, unknown>>) => void
}

/** Switches whose new values must have the kind of the present ones. */
export const createSwitches = ({ read, write }: Access): Switches => ({
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

// All lists are lists of texts.
const kindOf = (value: unknown): string => {
  if (!Array.isArray(value)) return typeof value
  return value.every((one) => typeof one === 'string') ? 'texts' : 'list'
}

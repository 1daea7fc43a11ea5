/** Reports that something changed, to pages that show it. */
export interface Changes {
  readonly note: () => void
  /** Calls the listener at each change. Gives the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

export const createChanges = (): Changes => {
  const listeners = new Set<() => void>()
  return {
    note: () => {
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

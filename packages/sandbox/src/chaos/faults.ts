/** Single faults on demand. */
export interface Faults {
  /** The next calls (one, unless `count` says more) of the operation, or of any, are executed and recorded; then the
   *  connection is closed without a response. The operation is a method of Trustly's or an action of payabl's. */
  readonly dropNextAnswer: (operation?: string, count?: number) => void
}

export const createFaults = (): {
  readonly api: Faults
  readonly takesAnswer: (operation: string | null) => boolean
} => {
  const drops: Array<string | undefined> = []
  return {
    api: {
      dropNextAnswer: (operation, count = 1) => {
        for (let left = count; left > 0; left -= 1) drops.push(operation)
      },
    },
    takesAnswer: (operation) => {
      const index = drops.findIndex((wanted) => wanted === undefined || wanted === operation)
      if (index >= 0) drops.splice(index, 1)
      return index >= 0
    },
  }
}

/** Faults on demand. */
export type TrustlyFaults = {
  /** The next calls (one, unless `count` says more) of the method, or of any, are executed and recorded; then the
   *  connection is cut without an answer. */
  readonly dropNextAnswer: (method?: string, count?: number) => void
}

export const createFaults = (): {
  readonly api: TrustlyFaults
  readonly takesAnswer: (method: string | null) => boolean
} => {
  const drops: Array<string | undefined> = []
  return {
    api: {
      dropNextAnswer: (method, count = 1) => {
        for (let left = count; left > 0; left -= 1) drops.push(method)
      },
    },
    takesAnswer: (method) => {
      const index = drops.findIndex((wanted) => wanted === undefined || wanted === method)
      if (index >= 0) drops.splice(index, 1)
      return index >= 0
    },
  }
}

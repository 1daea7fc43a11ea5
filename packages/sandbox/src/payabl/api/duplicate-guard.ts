const windowMs = 60_000

/** Remembers for a minute what was done. A signature is over all that a request says: the same one again is the same
 *  request again. */
export const createDuplicateGuard = (now: () => Date) => {
  const done = new Map<string, number>()
  return {
    knows: (signature: string): boolean => now().getTime() - (done.get(signature) ?? -windowMs) < windowMs,
    note: (signature: string): void => {
      done.set(signature, now().getTime())
    },
  }
}

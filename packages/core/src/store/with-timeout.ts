/** Resolves like `work`, or rejects with `WriteTimeout` after `ms` milliseconds. What `work` has started is not stopped. */
export const withTimeout = async <A>(work: Promise<A>, ms: number): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WriteTimeout(`The write of a commit() took longer than ${ms} ms.`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The application's `write` took too long: nothing of it is stored. */
export class WriteTimeout extends Error {
  override readonly name = 'WriteTimeout'
}

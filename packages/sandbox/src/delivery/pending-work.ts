/** Counts what was promised but is not done, from the moment it is promised. */
export const createWorkCount = () => {
  let open = 0
  let waiting: Array<() => void> = []
  const finish = () => {
    open -= 1
    if (open > 0) return
    for (const resume of waiting) resume()
    waiting = []
  }
  return {
    start: <Result>(job: () => Promise<Result>) => {
      open += 1
      return () => job().finally(finish)
    },
    idle: () => (open === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}

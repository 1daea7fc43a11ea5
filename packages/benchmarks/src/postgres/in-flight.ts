/** Runs the work for each of the values, so many at a time. Resolves with the results in the values' order. */
export const inFlight = async <A, B>(
  count: number,
  values: readonly A[],
  work: (value: A) => Promise<B>,
): Promise<B[]> => {
  const results: B[] = []
  const remaining = values.entries()
  const runNext = async (): Promise<void> => {
    for (const [index, value] of remaining) results[index] = await work(value)
  }
  await Promise.all(Array.from({ length: count }, runNext))
  return results
}

import type { Store } from 'railswitch'

/** The same store. `times` collects how long its calls take, in milliseconds, by method; `take` empties it. */
export const timedStore = <S extends Store<never>>(store: S) => {
  const times = new Map<string, number[]>()
  const timed = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return async (...values: readonly unknown[]) => {
        const begun = performance.now()
        try {
          return await method.apply(target, values)
        } finally {
          times.set(name, [...(times.get(name) ?? []), performance.now() - begun])
        }
      }
    },
  })
  const take = (): ReadonlyMap<string, readonly number[]> => {
    const taken = new Map(times)
    times.clear()
    return taken
  }
  return { store: timed, take }
}

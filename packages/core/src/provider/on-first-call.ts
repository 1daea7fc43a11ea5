import type { TaskEither } from '../fp.ts'

/** Functions whose module loads with the first call of one of them, so that a rail that is only configured costs nothing. */
export interface OnFirstCall<M> {
  /** The function that `pick` finds in the module. */
  task<A extends readonly unknown[], L, R>(
    pick: (loaded: M) => (...args: A) => TaskEither<L, R>,
  ): (...args: A) => TaskEither<L, R>
  iterable<A extends readonly unknown[], T>(
    pick: (loaded: M) => (...args: A) => AsyncIterable<T>,
  ): (...args: A) => AsyncIterable<T>
}

export const onFirstCall = <M>(load: () => Promise<M>): OnFirstCall<M> => {
  let loading: Promise<M> | undefined
  const loaded = (): Promise<M> => {
    loading ??= load()
    return loading
  }
  return {
    task:
      (pick) =>
      (...args) =>
      async () =>
        pick(await loaded())(...args)(),
    iterable: (pick) =>
      async function* (...args) {
        yield* pick(await loaded())(...args)
      },
  }
}

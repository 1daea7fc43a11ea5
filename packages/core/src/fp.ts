// The only file that spells fp-ts's paths: it has no exports map, so native ESM resolves `fp-ts/lib/X.js` and nothing shorter.
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export { pipe } from 'fp-ts/lib/function.js'
export type Either<L, A> = E.Either<L, A>
/** A computation that has not started: call it to run it. Structurally `() => Promise<Either<L, A>>`. */
export type TaskEither<L, A> = TE.TaskEither<L, A>
export const { right, left, isLeft } = E
// Written out: the declarations of fp-ts's own name a path (`fp-ts/lib/function`) that native ESM does not resolve.
const tryCatch = <L, A>(run: () => A, onThrow: (reason: unknown) => L): Either<L, A> => E.tryCatch(run, onThrow)
const tryCatchTask = <L, A>(run: () => Promise<A>, onReject: (reason: unknown) => L): TaskEither<L, A> =>
  TE.tryCatch(run, onReject)
export const either = { map: E.map, mapLeft: E.mapLeft, flatMap: E.flatMap, orElse: E.orElse, tryCatch }
export const taskEither = {
  right: TE.right,
  left: TE.left,
  fromEither: TE.fromEither,
  map: TE.map,
  mapLeft: TE.mapLeft,
  flatMap: TE.flatMap,
  orElse: TE.orElse,
  tryCatch: tryCatchTask,
}

// The only file that spells fp-ts's paths: it has no exports map, so native ESM resolves `fp-ts/lib/X.js` and nothing shorter.
// The types are written out. They are those of fp-ts, so values of both can be mixed, but an application needs no fp-ts to compile.
import * as E from 'fp-ts/lib/Either.js'
import { pipe as pipeOfFpTs } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface Left<L> {
  readonly _tag: 'Left'
  readonly left: L
}

export interface Right<A> {
  readonly _tag: 'Right'
  readonly right: A
}

export type Either<L, A> = Left<L> | Right<A>

/** A computation that has not started: call it to run it. */
export type TaskEither<L, A> = () => Promise<Either<L, A>>

export const right: <L = never, A = never>(value: A) => Either<L, A> = E.right
export const left: <L = never, A = never>(value: L) => Either<L, A> = E.left
export const isLeft: <L>(either: Either<L, unknown>) => either is Left<L> = E.isLeft

/** Passes a value through functions, from left to right. */
export interface Pipe {
  <A, B>(a: A, ab: (a: A) => B): B
  <A, B, C>(a: A, ab: (a: A) => B, bc: (b: B) => C): C
  <A, B, C, D>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D): D
  <A, B, C, D, F>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, df: (d: D) => F): F
  <A, B, C, D, F, G>(a: A, ab: (a: A) => B, bc: (b: B) => C, cd: (c: C) => D, df: (d: D) => F, fg: (f: F) => G): G
  <A, B, C, D, F, G, H>(
    a: A,
    ab: (a: A) => B,
    bc: (b: B) => C,
    cd: (c: C) => D,
    df: (d: D) => F,
    fg: (f: F) => G,
    gh: (g: G) => H,
  ): H
}
export const pipe: Pipe = pipeOfFpTs

export const either: {
  readonly map: <A, B>(f: (value: A) => B) => <L>(either: Either<L, A>) => Either<L, B>
  readonly mapLeft: <L, M>(f: (value: L) => M) => <A>(either: Either<L, A>) => Either<M, A>
  readonly flatMap: <A, M, B>(f: (value: A) => Either<M, B>) => <L>(either: Either<L, A>) => Either<L | M, B>
  readonly orElse: <L, A, M>(f: (value: L) => Either<M, A>) => (either: Either<L, A>) => Either<M, A>
  readonly tryCatch: <L, A>(run: () => A, onThrow: (reason: unknown) => L) => Either<L, A>
} = { map: E.map, mapLeft: E.mapLeft, flatMap: E.flatMap, orElse: E.orElse, tryCatch: E.tryCatch }

export const taskEither: {
  readonly right: <L = never, A = never>(value: A) => TaskEither<L, A>
  readonly left: <L = never, A = never>(value: L) => TaskEither<L, A>
  readonly fromEither: <L, A>(either: Either<L, A>) => TaskEither<L, A>
  readonly map: <A, B>(f: (value: A) => B) => <L>(task: TaskEither<L, A>) => TaskEither<L, B>
  readonly mapLeft: <L, M>(f: (value: L) => M) => <A>(task: TaskEither<L, A>) => TaskEither<M, A>
  readonly flatMap: <A, M, B>(f: (value: A) => TaskEither<M, B>) => <L>(task: TaskEither<L, A>) => TaskEither<L | M, B>
  readonly orElse: <L, A, M>(f: (value: L) => TaskEither<M, A>) => (task: TaskEither<L, A>) => TaskEither<M, A>
  readonly tryCatch: <L, A>(run: () => Promise<A>, onReject: (reason: unknown) => L) => TaskEither<L, A>
} = {
  right: TE.right,
  left: TE.left,
  fromEither: TE.fromEither,
  map: TE.map,
  mapLeft: TE.mapLeft,
  flatMap: TE.flatMap,
  orElse: TE.orElse,
  tryCatch: TE.tryCatch,
}

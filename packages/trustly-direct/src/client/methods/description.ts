import type * as z from 'zod'
import type { Fields, MembersOf } from './rule.ts'

/** A rule about several members at once. */
export interface Condition {
  /** Dotted path of the member that the error names. */
  readonly field: string
  /** Completes "`field` …". */
  readonly rule: string
  readonly fix: string
  readonly holds: (given: Given) => boolean
}

export interface Given {
  readonly data: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
}

/**
 * All that this package knows of one method: request types, validation and the documentation's tables come from it.
 * Username and Password are added on the way, and every method's Data may carry them.
 */
export interface Description {
  /** What it does, in a line. */
  readonly does: string
  /** Members of `Data`, without Attributes. */
  readonly data: Fields
  /** Members of `Data.Attributes`. */
  readonly attributes: Fields
  readonly conditions?: readonly Condition[]
  /** `data` of the answer; members that Trustly adds are left out of it. */
  readonly answer: z.ZodType
  /** The published errors that this method can answer, beside those of every call (602 607 616 620 623 636 639 688). */
  readonly errors: readonly (number | string)[]
  /** Values of `rejected`: signed results that say no. */
  readonly rejections?: readonly string[]
  /** It changes nothing, so that a repeated call may have a UUID of its own. */
  readonly reads?: true
  /** Why new work should not use it, or what Trustly must enable. */
  readonly note?: string
  /** Where this was read, 2026-11-21. */
  readonly source: string
}

type AttributesOf<A extends Fields> = keyof A extends never
  ? { readonly Attributes?: null }
  : Record<never, never> extends MembersOf<A>
    ? { readonly Attributes?: MembersOf<A> | null }
    : { readonly Attributes: MembersOf<A> }

/** `Data` of a described method, without Username and Password. */
export type DataOf<D extends Description> = MembersOf<D['data']> & AttributesOf<D['attributes']>

export type AnswerOf<D extends Description> = z.output<D['answer']>

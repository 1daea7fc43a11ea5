import type { Schema } from '@railswitch/core/provider'
import type { Condition, Fields, MembersOf } from '../field-rules.ts'

/**
 * The description of one method: request types, validation and the documentation's tables are derived from it. Username and Password
 * are not in it: they are added to every call's Data.
 */
export interface Description {
  /** What the method does, in one line. */
  readonly does: string
  /** Members of `Data`, without Attributes. */
  readonly data: Fields
  /** Members of `Data.Attributes`. */
  readonly attributes: Fields
  readonly conditions?: readonly Condition[]
  /** `data` of the response, without members that Trustly may add. */
  readonly response: Schema<unknown>
  /** The published errors of this method, in addition to those of every call (602 607 616 620 623 636 639 688). */
  readonly errors: readonly (number | string)[]
  /** Values of `rejected` beside `result` `0`. */
  readonly rejections?: readonly string[]
  /** The method changes nothing, so a repeated call may have a new UUID. */
  readonly readOnly?: true
  /** Why a new integration should not use it, or what Trustly must enable for it. */
  readonly note?: string
  /** The source of the description, read 2026-11-21. */
  readonly source: string
}

type AttributesOf<A extends Fields> = keyof A extends never
  ? { readonly Attributes?: null }
  : Record<never, never> extends MembersOf<A>
    ? { readonly Attributes?: MembersOf<A> | null }
    : { readonly Attributes: MembersOf<A> }

/** `Data` of a described method, without Username and Password. */
export type DataOf<D extends Description> = MembersOf<D['data']> & AttributesOf<D['attributes']>

export type ResponseOf<D extends Description> = D['response'] extends Schema<infer A> ? A : never

import type { HttpResponse } from '../platform/routes.ts'

/** One call of a merchant as it came and was answered, with its entry in the request log. */
export interface RecordedCall<Entry> {
  /** Counts up from 1. */
  readonly id: string
  readonly at: Date
  readonly entry: Entry
  /** Ids and references in it. */
  readonly names: readonly string[]
  readonly path: string
  readonly body: Uint8Array
  /** What was sent, after chaos; undefined while the call is being answered. */
  response: HttpResponse | undefined
  /** The parts of the text that was signed instead of the right one, where the mistake was recognised. */
  readonly wrongly: readonly string[] | undefined
}

/** The text that a signature covers, in its parts. `wrongly` is the text that was signed instead, where the mistake was
 *  recognised. */
export interface SignedText {
  readonly right: readonly string[]
  readonly wrongly: readonly string[] | undefined
}

/** What is shown instead of a password or a secret. */
export const masked = '••••••'

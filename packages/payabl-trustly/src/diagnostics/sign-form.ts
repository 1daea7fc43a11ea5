import { either, isLeft, left, pipe, right, type TaskEither } from '@railswitch/core'
import type { Encoding } from '../wire/encoding.ts'
import { type FormFailure, parseForm } from '../wire/form.ts'
import type { ParameterFailure } from '../wire/parameters.ts'
import { createSigner } from '../wire/signature.ts'
import { bytesOf } from './bytes-of.ts'
import { maskedText } from './masked-text.ts'

/** A body with the signature that belongs to it. */
export interface SignedForm {
  /** Every parameter that is hashed, in the order in which it is. */
  readonly names: readonly string[]
  /** The text that is hashed, with the secret and everything personal masked. */
  readonly masked: string
  /** 40 lower-case hex digits. */
  readonly signature: string
  /** The body to send: the parameters in their order, in the charset asked for, the signature last. */
  readonly body: string
}

export interface SigningOptions {
  readonly secret: string
  readonly charset: Encoding['charset']
  /** What happens to letters that ISO-8859-1 lacks. Default `refuse`: what is signed is what was given. */
  readonly misfit?: Encoding['misfit'] | undefined
}

/** Signs a form body as payabl documents it; a signature that is in it already is made anew. Left: it is no form, or a
 *  value cannot be sent. @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21) */
export const signForm =
  (
    body: string | Uint8Array,
    { secret, charset, misfit = 'refuse' }: SigningOptions,
  ): TaskEither<FormFailure | ParameterFailure, SignedForm> =>
  async () => {
    const form = parseForm(bytesOf(body))
    if (isLeft(form)) return left<FormFailure | ParameterFailure>(form.left)
    const { signature: _, ...parameters } = form.right
    // With it come qs and the transliteration.
    const { encodeParameters, toFormBody } = await import('../wire/parameters.ts')
    return pipe(
      encodeParameters(Object.entries(parameters), { charset, misfit }),
      either.mapLeft((failure): FormFailure | ParameterFailure => failure),
      either.flatMap((encoded) => {
        const signature = createSigner(secret)(encoded)
        const ordered = encoded.toSorted(([one], [other]) => (one < other ? -1 : 1))
        return right({
          names: ordered.map(([name]) => name),
          masked: maskedText(ordered),
          signature,
          body: `${toFormBody(encoded)}&signature=${signature}`,
        })
      }),
    )
  }

import { compare, either, isLeft, left, pipe, right, type TaskEither } from '@railswitch/core/provider'
import type { ParameterFailure } from '../wire/encode-parameters.ts'
import type { Encoding } from '../wire/encoding.ts'
import { bytesOf, type FormFailure, parseForm } from '../wire/form.ts'
import { createSigner } from '../wire/signature.ts'
import { maskedText } from './masked-text.ts'

/** A body with its signature. */
export interface SignedForm {
  /** Every hashed parameter, in the order of hashing. */
  readonly names: readonly string[]
  /** The hashed text, with the secret and personal values masked. */
  readonly masked: string
  /** 40 lower-case hex digits. */
  readonly signature: string
  /** The body to send: the parameters in their order, in the given charset, the signature last. */
  readonly body: string
}

export interface SigningOptions {
  readonly secret: string
  readonly charset: Encoding['charset']
  /** What to do with characters that ISO-8859-1 does not have. Default `refuse`: exactly the given text is signed. */
  readonly onUnencodable?: Encoding['onUnencodable'] | undefined
}

/** Signs a form body as payabl documents it, and replaces a signature that it has. Left: it is not a form, or a value cannot be sent. @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21) */
export const signForm =
  (
    body: string | Uint8Array,
    { secret, charset, onUnencodable = 'refuse' }: SigningOptions,
  ): TaskEither<FormFailure | ParameterFailure, SignedForm> =>
  async () => {
    const form = parseForm(bytesOf(body))
    if (isLeft(form)) return left<FormFailure | ParameterFailure>(form.left)
    const { signature: _, ...parameters } = form.right
    // Loads qs and the transliteration.
    const { encodeParameters, toFormBody } = await import('../wire/encode-parameters.ts')
    return pipe(
      encodeParameters(Object.entries(parameters), { charset, onUnencodable }),
      either.mapLeft((failure): FormFailure | ParameterFailure => failure),
      either.flatMap((encoded) => {
        const signature = createSigner(secret)(encoded)
        const ordered = encoded.toSorted(([one], [other]) => compare(one, other))
        return right({
          names: ordered.map(([name]) => name),
          masked: maskedText(ordered),
          signature,
          body: `${toFormBody(encoded)}&signature=${signature}`,
        })
      }),
    )
  }

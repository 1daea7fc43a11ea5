import { compare, type Either, either, isLeft, left, pipe, right, type TaskEither } from '@railswitch/core/provider'
import type { ParameterFailure, WireParameter } from '../wire/encode-parameters.ts'
import type { ByteText, Encoding } from '../wire/encoding.ts'
import { bytesOf, decodeByteText, type FormFailure, parseFormBytes } from '../wire/form.ts'
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
  /** The body to send: the parameters in their order, in the given charset or the given bytes, the signature last. */
  readonly body: string
}

export interface SigningOptions {
  readonly secret: string
  /** Without it, the bytes of the values are signed as they are given. */
  readonly charset?: Encoding['charset'] | undefined
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
    const form = parseFormBytes(bytesOf(body))
    if (isLeft(form)) return left<FormFailure | ParameterFailure>(form.left)
    const { signature: _, ...parameters } = form.right
    // Loads qs and the transliteration.
    const { encodeParameters, givenParameters, toFormBody } = await import('../wire/encode-parameters.ts')
    const given = Object.entries<ByteText>(parameters)
    const texts = (): (readonly [string, string])[] => given.map(([name, value]) => [name, decodeByteText(value)])
    const encode = (): Either<ParameterFailure, readonly WireParameter[]> =>
      charset === undefined ? givenParameters(given) : encodeParameters(texts(), { charset, onUnencodable })
    return pipe(
      encode(),
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

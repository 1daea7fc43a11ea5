import { type Either, either, type Issue, pipe } from '@railswitch/core/provider'
import { canonicalForm } from '../wire/canonical-form.ts'
import { parseJson } from '../wire/json-text.ts'

/**
 * Exactly the text that Trustly's signature covers, without a line break at its end: method, UUID, and the data's members
 * concatenated. `data`: the JSON of `Data` or `data` as sent; without method and UUID, only the data's text is returned.
 * The text holds everything that the message holds, including the password of a request.
 * @see https://docs.trustly.com/api/authentication (read 2026-11-21)
 */
export const signedText = (
  data: string,
  { method = '', uuid = '' }: { readonly method?: string; readonly uuid?: string } = {},
): Either<Issue, string> =>
  pipe(
    parseJson(data.replace(/^\ufeff/, '')),
    either.map((value) => method + uuid + canonicalForm(value)),
    either.mapLeft(({ code, at }) => ({
      field: 'data',
      rule: `is not strict JSON: ${code.replaceAll('_', ' ')} at character ${at + 1}`,
      fix: 'give the JSON of Data, as it is sent',
    })),
  )

import { type Either, either } from '@railswitch/core/provider'

/** Reads UTF-8 JSON. Left: it is none. */
export const readJson = (body: Uint8Array): Either<null, unknown> =>
  either.tryCatch(
    () => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown,
    () => null,
  )

export const toJson = (body: object): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

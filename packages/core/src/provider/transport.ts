import type { TaskEither } from '../fp.ts'

/** Bytes out. `timeoutMs` bounds the whole exchange. */
export interface WireRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly timeoutMs: number
  /** In bytes; a larger answer is cut off, with the reason `response_too_large`. Default 32 MiB. */
  readonly largestResponse?: number
  readonly signal?: AbortSignal
}

/** Bytes in, whatever the status. */
export interface WireResponse {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}

/** `sent: false` only where no byte can have left; a time-out, a reset and an abort may have reached the vendor. */
export interface TransportFailure {
  readonly sent: boolean
  /** Such as `ECONNREFUSED`, `timeout` or `response_too_large`; never an address's query, a header or a body. */
  readonly reason: string
}

/** POSTs bytes and returns bytes: no parsing, no redirects, no throw on a status. Functions of this type compose. */
export type Transport = (request: WireRequest) => TaskEither<TransportFailure, WireResponse>

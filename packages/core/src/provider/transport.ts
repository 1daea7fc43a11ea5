import type { TaskEither } from '../fp.ts'

/** A request to a vendor. `timeoutMs` limits the whole exchange. */
export interface WireRequest {
  /** Default: `POST`. A `GET` has no body. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly timeoutMs: number
  /** In bytes. A larger response fails with the reason `response_too_large`. Default: 32 MiB. */
  readonly largestResponse?: number
  readonly signal?: AbortSignal
}

/** A vendor's response, whatever its status. */
export interface WireResponse {
  readonly status: number
  readonly contentType: string
  /** The headers, with their names in lower case. A transport of a test may leave them out. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** `sent` is false only if no byte can have been sent. After a time-out, a reset or an abort, the request may have reached the vendor. */
export interface TransportFailure {
  readonly sent: boolean
  /** Such as `ECONNREFUSED`, `timeout` or `response_too_large`. Contains no query of an address, no header and no body. */
  readonly reason: string
}

/** Sends bytes and returns bytes: no parsing, no redirects, no error for a status. Functions of this type can be composed. */
export type Transport = (request: WireRequest) => TaskEither<TransportFailure, WireResponse>

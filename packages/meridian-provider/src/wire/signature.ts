import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The parts of a request that its signature covers. `path`: with its query, without the address of the API. */
export interface RequestToSign {
  /** Unix seconds. */
  readonly time: string
  readonly method: string
  readonly path: string
  /** Empty for a GET. */
  readonly idempotencyKey: string
  readonly body: Uint8Array
}

export const signRequest = (secret: string, request: RequestToSign): string =>
  hmac(secret, requestText(request)).toString('hex')

/** The text of a request's signature. @see meridian-api.md, Signatures */
const requestText = ({ time, method, path, idempotencyKey, body }: RequestToSign): string =>
  ['MERIDIAN-REQUEST', time, method, path, idempotencyKey, sha256(body)].join('\n')

/** Whether Meridian signed this response to the request with this signature. */
export const isResponseSigned = (
  secret: string,
  response: {
    readonly signature: string
    readonly request: string
    readonly status: number
    readonly body: Uint8Array
  },
): boolean => {
  const { request, status, body } = response
  return isSignature(response.signature, secret, ['MERIDIAN-RESPONSE', request, status, sha256(body)].join('\n'))
}

/** Whether one of the secrets signed this callback. Several are tried while a secret is being replaced. */
export const isCallbackSigned = (
  secrets: readonly string[],
  callback: { readonly signature: string; readonly time: string; readonly body: Uint8Array },
): boolean => {
  const text = ['MERIDIAN-CALLBACK', callback.time, sha256(callback.body)].join('\n')
  return secrets.some((secret) => isSignature(callback.signature, secret, text))
}

const isSignature = (signature: string, secret: string, text: string): boolean => {
  // `Buffer.from` ignores what is no hexadecimal digit, so the text has to be exact.
  if (!/^[0-9a-f]{64}$/.test(signature)) return false
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(secret, text))
}

const hmac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest()

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const digest = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

const sign = (secret: string, lines: readonly string[]): string =>
  createHmac('sha256', secret).update(lines.join('\n')).digest('hex')

/** The parts of a request that are signed. `path`: with its query. */
export interface SignedRequest {
  readonly time: string
  readonly method: string
  readonly path: string
  readonly idempotencyKey: string
  readonly body: Uint8Array
}

export const requestSignature = (secret: string, request: SignedRequest): string =>
  sign(secret, [
    'MERIDIAN-REQUEST',
    request.time,
    request.method,
    request.path,
    request.idempotencyKey,
    digest(request.body),
  ])

export const responseSignature = (secret: string, request: string, status: number, body: Uint8Array): string =>
  sign(secret, ['MERIDIAN-RESPONSE', request, String(status), digest(body)])

export const callbackSignature = (secret: string, time: string, body: Uint8Array): string =>
  sign(secret, ['MERIDIAN-CALLBACK', time, digest(body)])

export const isSame = (a: string, b: string): boolean => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.byteLength === second.byteLength && timingSafeEqual(first, second)
}

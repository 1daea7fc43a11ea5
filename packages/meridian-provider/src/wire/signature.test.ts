import { readFileSync } from 'node:fs'
import { callbackSignature, requestSignature, responseSignature } from '../vendor/signatures.ts'
import { isCallbackSigned, isResponseSigned, type RequestToSign, signRequest } from './signature.ts'

type Text<A> = Omit<A, 'body'> & { readonly name: string; readonly body: string; readonly signature: string }

/** Made with OpenSSL's command line: see `origin` in the file. */
const vectors = JSON.parse(readFileSync(new URL('__fixtures__/signatures.json', import.meta.url), 'utf8')) as {
  readonly secret: string
  readonly requests: readonly Text<RequestToSign>[]
  readonly responses: readonly Text<{ readonly request: string; readonly status: number }>[]
  readonly callbacks: readonly Text<{ readonly time: string }>[]
}
const { secret } = vectors
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const otherSecret = 'another-secret-0123456789abcdef'

test.each(vectors.requests)('a request: $name', ({ body, signature, ...request }) => {
  expect(signRequest(secret, { ...request, body: bytes(body) })).toBe(signature)
  expect(requestSignature(secret, { ...request, body: bytes(body) })).toBe(signature)
})

test.each(vectors.responses)('a response: $name', ({ name: _, body, ...response }) => {
  const signed = { ...response, body: bytes(body) }
  expect(isResponseSigned(secret, signed)).toBe(true)
  expect(responseSignature(secret, signed.request, signed.status, signed.body)).toBe(signed.signature)
  expect(isResponseSigned(otherSecret, signed)).toBe(false)
  expect(isResponseSigned(secret, { ...signed, status: 200 })).toBe(false)
  expect(isResponseSigned(secret, { ...signed, body: bytes(`${body} `) })).toBe(false)
  expect(isResponseSigned(secret, { ...signed, request: signed.signature })).toBe(false)
})

describe.each(vectors.callbacks)('a callback: $name', ({ time, body, signature }) => {
  const callback = { time, body: bytes(body), signature }

  test('is verified with any of the secrets', () => {
    expect(callbackSignature(secret, time, callback.body)).toBe(signature)
    expect(isCallbackSigned([secret], callback)).toBe(true)
    expect(isCallbackSigned([otherSecret, secret], callback)).toBe(true)
    expect(isCallbackSigned([otherSecret], callback)).toBe(false)
    expect(isCallbackSigned([], callback)).toBe(false)
  })

  test('is refused with another time or body', () => {
    expect(isCallbackSigned([secret], { ...callback, time: '1785000061' })).toBe(false)
    expect(isCallbackSigned([secret], { ...callback, body: bytes(`${body}\n`) })).toBe(false)
  })

  test.each([
    ['none', ''],
    ['a shorter one', signature.slice(0, -2)],
    ['a longer one', `${signature}00`],
    ['capitals', signature.toUpperCase()],
    ['what hexadecimal decoding ignores', `${signature.slice(0, 62)}zz`],
    ['white space around it', ` ${signature}`],
  ])('is refused if its signature is %s', (_name, wrong) => {
    expect(isCallbackSigned([secret], { ...callback, signature: wrong })).toBe(false)
  })
})

test('no message can be sent as one of another kind: the first line of each text differs', () => {
  const body = bytes('{}')
  const request = signRequest(secret, { time: '1', method: 'GET', path: '/', idempotencyKey: '', body })
  const response = responseSignature(secret, '1', 200, body)
  for (const signature of [request, response])
    expect(isCallbackSigned([secret], { signature, time: '1', body })).toBe(false)
})

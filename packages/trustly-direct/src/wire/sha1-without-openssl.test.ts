import { createPrivateKey, createPublicKey, sign as rsaSign, setFips } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { type Either, isLeft } from '@railswitch/core/provider'
import 'node-forge'
import { merchantPair, strangerPair as other } from '@railswitch/sandbox/fixtures/keys'
import { signWithForge, verifyWithForge } from './sha1-without-openssl.ts'
import { type SignatureHash, sign, signSync, verify } from './signature.ts'

const { privateKey, publicKey } = merchantPair
const message = { method: 'Deposit', uuid: '258a2184-2842-b485-25ca-293525152425', data: { Firstname: 'Åsa 🐟' } }

const textOf = (signature: Either<unknown, string>): string => {
  if (isLeft(signature)) throw new Error(String(signature.left))
  return signature.right
}

const signed = (hash: SignatureHash): string => textOf(signSync(message, { key: privateKey, hash }))

test('node-forge signs the very bytes that OpenSSL signs, and verifies them', () => {
  const bytes = Buffer.from('Depositstatus Åsa 🐟')
  const signature = signWithForge(bytes, privateKey)
  expect(signature).toEqual(rsaSign('sha1', bytes, privateKey))
  expect(verifyWithForge(bytes, publicKey, signature)).toBe(true)
  expect(verifyWithForge(Buffer.from('other'), publicKey, signature)).toBe(false)
  expect(verifyWithForge(bytes, other.publicKey, signature)).toBe(false)
  expect(verifyWithForge(bytes, publicKey, Buffer.alloc(256, 1))).toBe(false)
  expect(verifyWithForge(bytes, publicKey, rsaSign('sha256', bytes, privateKey))).toBe(false)
})

test('where OpenSSL refuses, the bytes are the same, and only SHA-1 has a way around', async () => {
  const expected = { sha1: signed('sha1'), rs256: signed('rs256') }
  // Made from a JWK: Node.js 20 can then export it under a policy that refuses RSA as a whole, as this one does.
  const jwk = privateKey.export({ format: 'jwk' })
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const keys = [createPublicKey({ key: jwk, format: 'jwk' })]
  const verified = (data: { Firstname: string }, signature: string) => verify({ ...message, data }, signature, { keys })
  // Demands FIPS algorithms of an OpenSSL that has none: every digest and every RSA operation is refused.
  setFips(true)
  try {
    expect(() => rsaSign('sha1', Buffer.from('x'), key)).toThrow()
    expect(signSync(message, { key, hash: 'sha1' })).toEqual({ _tag: 'Right', right: expected.sha1 })
    expect(await sign(message, { key, hash: 'sha1' })).toEqual({ _tag: 'Right', right: expected.sha1 })
    expect(signSync(message, { key, hash: 'rs256' })).toEqual({ _tag: 'Left', left: 'cannot_sign' })
    expect(await sign(message, { key, hash: 'rs256' })).toEqual({ _tag: 'Left', left: 'cannot_sign' })
    expect(verified(message.data, expected.sha1)).toEqual({ _tag: 'Right', right: 'sha1' })
    expect(verified({ Firstname: 'Eve' }, expected.sha1)).toEqual({ _tag: 'Left', left: 'wrong_signature' })
    expect(verified(message.data, expected.rs256)).toEqual({ _tag: 'Left', left: 'wrong_signature' })
    expect(verified(message.data, `alg=RS256;${expected.sha1}`)).toEqual({ _tag: 'Left', left: 'wrong_signature' })
  } finally {
    setFips(false)
  }
  expect(rsaSign('sha1', Buffer.from('x'), key)).toHaveLength(256)
})

import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { publicKeys } from '../__fixtures__/published.ts'
import { modulusBits } from './modulus-bits.ts'

test.each([
  [1024, 65_537],
  [2048, 3],
  [2049, 65_537],
  [2055, 0x10001],
  [3072, 65_537],
])('a key of about %i bits with the exponent %i, as OpenSSL counts them', (modulusLength, publicExponent) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  for (const key of [privateKey, publicKey, createPublicKey(privateKey)])
    expect(modulusBits(key)).toBe(key.asymmetricKeyDetails?.modulusLength)
})

test.each(Object.entries(publicKeys))('the published key %s has 2048', (_, key) => expect(modulusBits(key)).toBe(2048))

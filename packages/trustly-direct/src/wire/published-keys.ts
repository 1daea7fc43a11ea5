import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

/**
 * Trustly's public keys, PEM (SPKI), 2048 bits: the same in its documentation and in all its clients since 2014. TEST verifies
 * messages captured from its test server; no message signed with LIVE is public.
 * @see https://docs.trustly.com/api/authentication read 2026-11-21
 */
export const trustlyPublicKeys = {
  test: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy7h/yX8DEA2m588SrWye
AC8rTMbErwHt2hoTiP9fte/iOo0FXIZSmNsNu422L+iJyvZQu19ebeL7XgB0UXqt
zA6KtXBMXIKwuMCZhbdeR8sb7OKbX2nlWM+e2Hmrr9CTfkZkFBeSC+iN9fAU6PoR
X0i5PWm0uZnaoWXcZnk5CxQCgnfYgsx7xsd8Au+mrqE8SHeT8zi/Inw0Xp6ba25G
YsZhHfIPD2rcZQOpWbmHRS4Jk4aGzSOBHbAZhKlP97PxoVfUcPI3iCA1+3jMs1l2
PYsHUbP60NMVwkGPjFOTv4m1a1wKsue0mhspDdvswZUeKE+POGOuewqTQJ+gIhXw
mQIDAQAB
-----END PUBLIC KEY-----
`,
  live: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZhnqiELeoX3QNSg7jpU
kbLV4BU32LoSMuABAaPdxhpZaccFYud2z4QUlMq/j46vdVDpaCFaCZ+qNT5+tHbQ
BFgcrx82u7r+aMHvKy4FEczT5aev0NxRlQKHmNQygvp3hNkqeOw4nJy3PoD4cgCp
SlLTiPOBy2ZsWUHQpSVJdDUiLwAQfNV90jMqa3zq1nTfmTBmd6NR1XAjg5eS6SWr
to1nVS1b7XKGv7Cc1kt0RVd54tWqoCMDHwEiU0st66BCKdYk3r5woDZxGZUUjVdm
g9O2xpqRRDcdJGm8HIOVHGSNT9R7LMucH/PGwrfpdWmBDjy0BkuDlssuBgh731l2
cwIDAQAB
-----END PUBLIC KEY-----
`,
} as const

/**
 * Whether a key, or the public half of a private key, is published for tests: a key pair of Trustly's or its clients'
 * documentation, or Trustly's own TEST key. `live` refuses them: anybody can sign with the former, and the latter signs orders
 * without money.
 */
export const isPublishedTestKey = (key: KeyObject): boolean => publishedTestKeys.has(thumbprint(key))

/** Whether a key is Trustly's own of that environment, in any format. */
export const isTrustlyKey = (key: KeyObject, environment: 'test' | 'live'): boolean =>
  spki(key).equals(spki(createPublicKey(trustlyPublicKeys[environment])))

/** Names a public key in a message: whose it is, or the beginning of its fingerprint. Each forged callback asks for it again. */
export const nameOfKey = (key: KeyObject): string => {
  const name = names.get(key) ?? findName(key)
  names.set(key, name)
  return name
}

const names = new WeakMap<KeyObject, string>()

const findName = (key: KeyObject): string => {
  if (isTrustlyKey(key, 'test')) return "Trustly's key of test"
  if (isTrustlyKey(key, 'live')) return "Trustly's key of live"
  return `SHA-256 ${thumbprint(key).slice(0, 16)}`
}

const thumbprint = (key: KeyObject): string => createHash('sha256').update(spki(key)).digest('hex')

const spki = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' })

// SHA-256 of the SPKI in DER. Trustly's TEST key, then: the signature tester (Java, JavaScript and .NET clients, and
// https://test.trustly.com/signaturetester), the .NET client's stand-in for Trustly, the Python client's two, the PHP one's.
const publishedTestKeys: ReadonlySet<string> = new Set([
  '3c45411e0532933c3c97215b375d238c08b6a06d40793999444f6459c917a935',
  '95dfd03243d259fe5cd43c2e4ff32e36f79152480a54d87451b56ba235ec3813',
  '966e8e141cc6369dd95741cc251bde4d6af04d6abec8e0faaa1cc582cce49136',
  '78f15bde6d6526b846a38ff849e42cb3bd869cfec06fcf4b8a7400e30d748362',
  '6f98aaba53248f2c9fa900a36fb59935c56002bf0a1450cc6b30f661f932aece',
  'da07f6a3eb48a384756d19cc66b8e52647bb04ef25d5daec80870134e5a27f90',
])

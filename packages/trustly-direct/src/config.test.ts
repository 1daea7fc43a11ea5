import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Issue, invalid, isLeft, type Signer } from '@railswitch/core/provider'
import { merchantPair, strangerPair } from '@railswitch/sandbox/fixtures/keys'
import * as fc from 'fast-check'
import type { TrustlyDirectOptions } from './config.ts'
import { createTrustlyDirect } from './provider.ts'
import { trustlyPublicKeys } from './wire/published-keys.ts'

const pemOf = ({ privateKey, publicKey } = merchantPair, passphrase?: string): { own: string; public: string } => {
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  return {
    own: privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString(),
    public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

const pair = pemOf()
const testerKey = readFileSync(
  new URL('./__fixtures__/keys/signaturetester_merchant_public.pem', import.meta.url),
  'utf8',
)
const good: TrustlyDirectOptions = {
  environment: 'test',
  username: 'merchant',
  password: 'password',
  privateKey: pair.own,
}

const issuesOf = (change: object): readonly Issue[] => {
  const made = createTrustlyDirect({ ...good, ...change })
  return isLeft(made) ? made.left : []
}

test('what is right is ready, with the address and the key of its environment', () => {
  expect(issuesOf({})).toEqual([])
  expect(issuesOf({ environment: 'live' })).toEqual([])
  expect(issuesOf({ environment: 'local', url: 'http://127.0.0.1:1/api/1', publicKey: pair.public })).toEqual([])
  expect(issuesOf({ registeredPublicKey: pair.public })).toEqual([])
  expect(issuesOf({ environment: 'live', publicKey: [trustlyPublicKeys.live, pemOf(strangerPair).public] })).toEqual([])
  const encrypted = pemOf(merchantPair, 'open sesame')
  expect(issuesOf({ privateKey: encrypted.own, passphrase: 'open sesame' })).toEqual([])
})

test.each<[string, object, string, RegExp]>([
  ['a missing private key', { privateKey: undefined }, 'privateKey', /required/],
  ['an empty private key', { privateKey: '' }, 'privateKey', /./],
  ['a public key in its place', { privateKey: pair.public }, 'privateKey', /public/],
  [
    'a key of 1024 bits',
    { privateKey: pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })).own },
    'privateKey',
    /2048/,
  ],
  [
    'an encrypted key without passphrase',
    { privateKey: pemOf(merchantPair, 'x').own },
    'privateKey',
    /passphrase|encrypted/,
  ],
  ['white space around the user name', { username: ' merchant' }, 'username', /white space/],
  ['a line break behind the password', { password: 'password\n' }, 'password', /white space/],
  ['an empty password', { password: '' }, 'password', /empty/],
  ['an unknown environment', { environment: 'prod' }, 'environment', /environment/],
  ['plain http in test', { url: 'http://test.trustly.com/api/1' }, 'url', /https/],
  ['an unknown algorithm', { signature: 'md5' }, 'signature', /algorithm/],
  ['a misspelt option', { pasword: 'x' }, 'pasword', /not a known/],
  ['no key of Trustly at all', { publicKey: [] }, 'publicKey', /empty/],
  ['a key of Trustly that is no text', { publicKey: 7 }, 'publicKey', /type/],
  ['the second of two that is none', { publicKey: [pair.public, 'x.pem'] }, 'publicKey.1', /path of a file/],
  ["one's own public key as Trustly's", { publicKey: pair.public }, 'publicKey', /your own/],
  ['the key of test in live', { environment: 'live', publicKey: trustlyPublicKeys.test }, 'publicKey', /for test/],
  ['the key of live in test', { publicKey: trustlyPublicKeys.live }, 'publicKey', /for live/],
  ['the key of live beside that of test', { publicKey: Object.values(trustlyPublicKeys) }, 'publicKey.1', /for live/],
  ['a key published for tests in live', { environment: 'live', publicKey: testerKey }, 'publicKey', /published/],
  ['the address of test in live', { environment: 'live', url: 'https://test.trustly.com/api/1' }, 'url', /of test/],
  ['the address of live in test', { url: 'https://api.trustly.com/1' }, 'url', /of live/],
  ['the old address of live in test', { url: 'https://trustly.com/api/1' }, 'url', /of live/],
  ['a pair that does not match', { registeredPublicKey: trustlyPublicKeys.test }, 'registeredPublicKey', /half/],
  ['a private key sent to Trustly', { registeredPublicKey: pair.own }, 'registeredPublicKey', /private/],
  ['a file that is not there', { privateKey: './no-such.pem' }, 'privateKey', /path of a file/],
  ['a directory', { privateKey: tmpdir() }, 'privateKey', /path of a file/],
  ['a device', { privateKey: '/dev/zero' }, 'privateKey', /path of a file/],
  [
    'bare base64 on one line',
    { privateKey: pair.own.replace(/-----.*-----|\n/g, '').slice(0, 900) },
    'privateKey',
    /./,
  ],
])('%s is named with its rule and fix', (_name, change, field, rule) => {
  const issues = issuesOf(change)
  expect(issues.map((issue) => issue.field)).toContain(field)
  const issue = issues.find((candidate) => candidate.field === field)
  expect(issue?.rule).toMatch(rule)
  expect(issue?.fix).toMatch(/\w/)
})

test('an unknown environment is one mistake, whatever the address is', () => {
  const issues = issuesOf({ environment: 'locall', url: 'http://127.0.0.1:4270/api/1' })
  expect(issues.map(({ field }) => field)).toEqual(['environment'])
})

test.each([{}, { url: '127.0.0.1:4270' }])('the address of a sandbox is shown where there is none: %j', (change) => {
  const issues = issuesOf({ environment: 'local', publicKey: pair.public, ...change })
  expect(issues.map(({ field }) => field)).toEqual(['url'])
  expect(issues[0]?.fix).toContain("'http://127.0.0.1:4270/api/1'")
})

const signer: Signer = { sign: async () => new Uint8Array(256) }
const bySigner = { privateKey: undefined, signer }

test('a signer takes the place of the private key, and is not called at the start', () => {
  const silent: Signer = { sign: () => Promise.reject(new Error('called')) }
  expect(issuesOf({ ...bySigner, signer: silent })).toEqual([])
  expect(issuesOf({ ...bySigner, registeredPublicKey: pair.public, signature: 'rs256' })).toEqual([])
})

test.each<[string, object, string, RegExp, RegExp]>([
  ['neither a private key nor a signer', { privateKey: undefined }, 'privateKey', /required/, /signer/],
  ['both', { signer }, 'signer', /beside `privateKey`/, /remove one/],
  ['a passphrase beside a signer', { ...bySigner, passphrase: 'x' }, 'passphrase', /`privateKey`/, /remove/],
  ['a function in the place of a signer', { ...bySigner, signer: async () => {} }, 'signer', /function `sign`/, /sign/],
  ['no signer at all', { ...bySigner, signer: null }, 'signer', /function `sign`/, /sign/],
  ['a signer without `sign`', { ...bySigner, signer: {} }, 'signer', /function `sign`/, /sign/],
  ['a registered key that is none', { ...bySigner, registeredPublicKey: 'x.pem' }, 'registeredPublicKey', /path/, /./],
  [
    'a registered key that was published for tests, in live',
    { ...bySigner, environment: 'live', registeredPublicKey: testerKey },
    'registeredPublicKey',
    /published/,
    /openssl/,
  ],
  [
    "one's registered key as Trustly's",
    { ...bySigner, registeredPublicKey: pair.public, publicKey: pair.public },
    'publicKey',
    /your own/,
    /leave it out/,
  ],
])('%s is the only issue, with its rule and fix', (_name, change, field, rule, fix) => {
  const issues = issuesOf(change)
  expect(issues.map((issue) => issue.field)).toEqual([field])
  expect(issues[0]?.rule).toMatch(rule)
  expect(issues[0]?.fix).toMatch(fix)
})

test('a key may stand in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'railswitch-keys-'))
  try {
    const [own, registered] = [join(directory, 'private.pem'), join(directory, 'public.pem')]
    writeFileSync(own, pair.own)
    writeFileSync(registered, pair.public)
    expect(issuesOf({ privateKey: own, registeredPublicKey: `${registered}\n` })).toEqual([])
    expect(issuesOf({ privateKey: registered })[0]?.rule).toMatch(/public key/)
    writeFileSync(own, 'x'.repeat(70_000))
    expect(issuesOf({ privateKey: own })[0]?.rule).toMatch(/path of a file/)
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('every mistake is named at once', () => {
  const fields = issuesOf({ environment: 'local', username: '', privateKey: pair.public }).map(({ field }) => field)
  expect(fields).toEqual(expect.arrayContaining(['username', 'privateKey', 'url', 'publicKey']))
})

test('neither an issue nor a look inside the provider shows a secret', () => {
  const password = 'marked-password '
  const key = pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })).own
  const shown = JSON.stringify([
    issuesOf({ password, privateKey: key }),
    issuesOf({ privateKey: 'marked-path.pem', publicKey: 'marked-path.pem', registeredPublicKey: 'marked-path.pem' }),
    issuesOf({ privateKey: key.replace(/-----.*-----|\n/g, '').slice(0, 900) }),
    issuesOf({ privateKey: pemOf(merchantPair, 'marked-phrase').own, passphrase: 'marked-other' }),
  ])
  expect(shown).not.toContain('marked')
  expect(shown).not.toContain(key.slice(40, 80))
  const provider = inspect(createTrustlyDirect({ ...good, password: 'marked-password' }), { depth: 10 })
  expect(provider).not.toContain('marked')
  expect(provider).not.toContain('PRIVATE KEY')
})

test.each([
  ['the address of live', { url: 'https://api.trustly.com/1' }],
  ['the key of live', { publicKey: trustlyPublicKeys.live }],
  ['the key of test', { publicKey: trustlyPublicKeys.test }],
  ["one's own key", { publicKey: pair.public }],
  ['no address', {}],
])('row 19: an environment that is none is not repeated, with %s beside it', (_name, change) => {
  const issues = issuesOf({ ...change, environment: 'marked-password' })
  expect(issues.map(({ field }) => field)).toContain('environment')
  expect(JSON.stringify(issues)).not.toContain('marked')
})

test.each(
  `environment username password privateKey passphrase signer url registeredPublicKey publicKey signature timeoutMs
  replayAfterMs`.split(/\s+/),
)('row 19: property: a secret put into %s by mistake is in no issue and no error', (option) => {
  const secret = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!?.:/@ -]{10,20}[A-Za-z0-9!]$/)
  const shape = fc.constantFrom<(text: string) => unknown>(
    (text) => text,
    (text) => `${text}\n`,
    (text) => [text],
    (text) => ({ secret: text }),
    (text) => `https://test.trustly.com/${text}`,
    (text) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`,
    (text) => `{"kty":"RSA","d":"${text}","n":"${text}","e":"AQAB"}`,
  )
  const beside = fc.constantFrom(
    {},
    { url: 'https://api.trustly.com/1' },
    { url: 'http://test.trustly.com/api/1', publicKey: pair.public },
    { publicKey: Object.values(trustlyPublicKeys), registeredPublicKey: trustlyPublicKeys.live },
  )
  const environment = fc.constantFrom('local', 'test', 'live', 'production')
  const property = fc.property(secret, shape, beside, environment, (text, shaped, more, name) => {
    const issues = issuesOf({ environment: name, ...more, [option]: shaped(text) })
    const error = invalid('invalid_configuration', issues)
    const shown = [error.message, error.hint, JSON.stringify(error), inspect(error, { depth: 9 })].join()
    expect(shown).not.toContain(text)
  })
  expect(() => fc.assert(property, { numRuns: 60 })).not.toThrow()
})

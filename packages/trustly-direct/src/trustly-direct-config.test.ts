import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { type Issue, isLeft } from '@railswitch/core'
import { createTrustlyDirect } from './trustly-direct.ts'
import type { TrustlyDirectOptions } from './trustly-direct-config.ts'
import { trustlyPublicKeys } from './wire/published-keys.ts'

const pemOf = (bits: number, passphrase?: string): { own: string; public: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  return {
    own: privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString(),
    public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

const pair = pemOf(2048)
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
  const encrypted = pemOf(2048, 'open sesame')
  expect(issuesOf({ privateKey: encrypted.own, passphrase: 'open sesame' })).toEqual([])
})

test.each<[string, object, string, RegExp]>([
  ['a missing private key', { privateKey: undefined }, 'privateKey', /required/],
  ['an empty private key', { privateKey: '' }, 'privateKey', /./],
  ['a public key in its place', { privateKey: pair.public }, 'privateKey', /public/],
  ['a key of 1024 bits', { privateKey: pemOf(1024).own }, 'privateKey', /2048/],
  ['an encrypted key without passphrase', { privateKey: pemOf(2048, 'x').own }, 'privateKey', /passphrase|encrypted/],
  ['white space around the user name', { username: ' merchant' }, 'username', /white space/],
  ['a line break behind the password', { password: 'password\n' }, 'password', /white space/],
  ['an empty password', { password: '' }, 'password', /empty/],
  ['an unknown environment', { environment: 'prod' }, 'environment', /environment/],
  ['plain http in test', { url: 'http://test.trustly.com/api/1' }, 'url', /https/],
  ['an unknown algorithm', { signature: 'md5' }, 'signature', /algorithm/],
  ['a misspelt option', { pasword: 'x' }, 'pasword', /not a known/],
  ['a published key in live', { environment: 'live', publicKey: trustlyPublicKeys.test }, 'publicKey', /published/],
])('%s is named with its rule and fix', (_name, change, field, rule) => {
  const issues = issuesOf(change)
  expect(issues.map((issue) => issue.field)).toContain(field)
  const issue = issues.find((candidate) => candidate.field === field)
  expect(issue?.rule).toMatch(rule)
  expect(issue?.fix).toMatch(/\w/)
})

test('every mistake is named at once', () => {
  const fields = issuesOf({ environment: 'local', username: '', privateKey: pair.public }).map(({ field }) => field)
  expect(fields).toEqual(expect.arrayContaining(['username', 'privateKey', 'url', 'publicKey']))
})

test('neither an issue nor a look inside the provider shows a secret', () => {
  const password = 'marked-password '
  const key = pemOf(1024).own
  const shown = JSON.stringify(issuesOf({ password, privateKey: key }))
  expect(shown).not.toContain('marked')
  expect(shown).not.toContain(key.slice(40, 80))
  const provider = inspect(createTrustlyDirect({ ...good, password: 'marked-password' }), { depth: 10 })
  expect(provider).not.toContain('marked')
  expect(provider).not.toContain('PRIVATE KEY')
})

import { readFileSync } from 'node:fs'
import { isLeft } from '@railswitch/core/provider'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { trustlyPublicKeys } from '../wire/published-keys.ts'
import { describeKey } from './describe-key.ts'

const { privateKey, publicKey } = merchantPair
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

test('both halves have one fingerprint, and the private part is not in the description', () => {
  const [one, other] = [describeKey(publicPem), describeKey(pkcs8)]
  if (isLeft(one) || isLeft(other)) throw new Error('the keys are sound')
  expect(one.right).toEqual({
    kind: 'public',
    bits: 2048,
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    published: null,
    publicKey: publicPem,
  })
  expect(other.right).toEqual({ ...one.right, kind: 'private' })
})

test.each([
  ['trustly:test', trustlyPublicKeys.test],
  ['trustly:live', trustlyPublicKeys.live],
] as const)('knows %s', (published, pem) =>
  expect(describeKey(pem)).toMatchObject({ right: { kind: 'public', published } }),
)

test('reads an encrypted key with its passphrase', () => {
  const encrypted = privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' })
    .toString()
  expect(describeKey(encrypted)).toMatchObject({ left: { code: 'passphrase_missing' } })
  expect(describeKey(encrypted, 'wrong')).toMatchObject({ left: { code: 'passphrase_wrong' } })
  expect(describeKey(encrypted, 'p')).toMatchObject({ right: { kind: 'private' } })
})

test.each([
  ['', 'missing'],
  ['some text', 'not_a_key'],
  [readFileSync(import.meta.filename, 'utf8'), 'not_a_key'],
])('refuses what is no key', (text, code) => expect(describeKey(text)).toMatchObject({ left: { code } }))

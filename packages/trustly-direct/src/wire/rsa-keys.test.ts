import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { either, isLeft, left, pipe, right } from '@railswitch/core/provider'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import forge from 'node-forge'
import { publicKeys } from '../__fixtures__/published.ts'
import { isPublishedTestKey, trustlyPublicKeys } from './published-keys.ts'
import { readPrivateKey, readPublicKeys } from './rsa-keys.ts'

const { privateKey, publicKey } = merchantPair
const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })

const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }))
const publicJwk = JSON.stringify(publicKey.export({ format: 'jwk' }))
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const passphrase = 'lösenord 1'

const encrypted = (type: 'pkcs1' | 'pkcs8', cipher: string): string =>
  privateKey.export({ type, format: 'pem', cipher, passphrase }).toString()

const forgeKey = forge.pki.privateKeyFromPem(pkcs1)
const withForge = (options: object): string =>
  forge.pki.encryptRsaPrivateKey(forgeKey, forge.util.encodeUtf8(passphrase), options)

const mistake = (read: ReturnType<typeof readPrivateKey>): string => (isLeft(read) ? read.left.code : 'read')
const sameAs = (read: ReturnType<typeof readPrivateKey>, key: KeyObject): boolean =>
  !isLeft(read) && key.equals(read.right)

const readPublicKey = (text: string): ReturnType<typeof readPrivateKey> =>
  pipe(
    readPublicKeys(text),
    either.flatMap(([key, ...more]) =>
      key !== undefined && more.length === 0 ? right(key) : left({ code: 'not_a_key' as const, rule: '', fix: '' }),
    ),
  )

const onOneLine = (pem: string): string => pem.trim().replaceAll('\n', ' ')

describe('a private key is read', () => {
  test.each([
    ['PKCS#1', pkcs1],
    ['PKCS#8', pkcs8],
    ['a JWK', jwk],
    ['with literal \\n, as in .env files', pkcs8.replaceAll('\n', '\\n')],
    ['with literal \\r\\n and quotes', `"${pkcs8.replaceAll('\n', '\\r\\n')}"`],
    ['with CRLF', pkcs8.replaceAll('\n', '\r\n')],
    ['on one line', onOneLine(pkcs8)],
    ['indented', pkcs8.replaceAll('\n', '\n    ')],
    ['with text before it', `Bag Attributes\n  friendlyName: x\n${pkcs8}`],
    ['beside its public key and a certificate', certificate + spki + pkcs8],
    ['under the wrong BEGIN line: PKCS#1 as PRIVATE KEY', pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE')],
    ['under the wrong BEGIN line: PKCS#8 as RSA PRIVATE KEY', pkcs8.replaceAll('PRIVATE', 'RSA PRIVATE')],
    ['a JWK after a byte order mark', `\ufeff${jwk}`],
  ])('%s', (_, text) => expect(sameAs(readPrivateKey(text), privateKey)).toBe(true))

  test.each([
    ['PKCS#8, AES-256-CBC', encrypted('pkcs8', 'aes-256-cbc')],
    ['PKCS#8, triple DES', encrypted('pkcs8', 'des-ede3-cbc')],
    ['PKCS#1 with Proc-Type, AES-128-CBC', encrypted('pkcs1', 'aes-128-cbc')],
    ['PKCS#1 with Proc-Type, triple DES', encrypted('pkcs1', 'des-ede3-cbc')],
    ['PKCS#1 with Proc-Type and literal \\n', encrypted('pkcs1', 'aes-256-cbc').replaceAll('\n', '\\n')],
    ['PKCS#1 with Proc-Type on one line', onOneLine(encrypted('pkcs1', 'aes-256-cbc'))],
    ['single DES, which OpenSSL 3 refuses', withForge({ algorithm: 'des', legacy: true })],
    ['PKCS#8 with RC2 or 3DES of PKCS#12', withForge({ algorithm: '3des' })],
  ])('encrypted: %s', (_, text) => {
    expect(sameAs(readPrivateKey(text, passphrase), privateKey)).toBe(true)
    expect(mistake(readPrivateKey(text))).toBe('passphrase_missing')
    expect(mistake(readPrivateKey(text, ''))).toBe('passphrase_missing')
    expect(mistake(readPrivateKey(text, 'wrong'))).toBe('passphrase_wrong')
  })

  test('single DES is indeed beyond this OpenSSL', () =>
    expect(() => createPrivateKey({ key: withForge({ algorithm: 'des', legacy: true }), passphrase })).toThrow())

  test('a passphrase that is not needed does no harm', () =>
    expect(sameAs(readPrivateKey(pkcs8, passphrase), privateKey)).toBe(true))
})

describe('a public key is read', () => {
  test.each([
    ['SPKI', spki],
    ['PKCS#1', publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['a JWK', publicJwk],
    ['with literal \\n', spki.replaceAll('\n', '\\n')],
    ['on one line', onOneLine(spki)],
    ['PKCS#1 as PUBLIC KEY', publicKey.export({ type: 'pkcs1', format: 'pem' }).toString().replaceAll('RSA ', '')],
  ])('%s', (_, text) => expect(sameAs(readPublicKey(text), publicKey)).toBe(true))
})

test('several public keys in one text are all read, as when a key is about to be replaced', () => {
  const read = readPublicKeys(`${spki}# next\n${certificate}${trustlyPublicKeys.live}`)
  expect(isLeft(read) ? read.left.code : read.right.map((key) => key.equals(publicKey))).toEqual([true, false])
  expect(readPublicKeys(spki + short.publicKey.export({ type: 'spki', format: 'pem' }))).toMatchObject({
    left: { code: 'too_short' },
  })
})

describe('a mistake has a name', () => {
  const lines = pkcs8.split('\n')
  const privateMistakes: readonly [string, string, string][] = [
    ['nothing', '', 'missing'],
    ['white space', ' \n ', 'missing'],
    ['a path', './private.pem', 'not_a_key'],
    ['bare base64', lines.slice(1, -2).join('\n'), 'not_a_key'],
    ['half a PEM', pkcs8.slice(0, 200), 'not_a_key'],
    ['a key set', `{"keys":[${jwk}]}`, 'not_a_key'],
    ['broken JSON', jwk.slice(0, -1), 'not_a_key'],
    ['a public key', spki, 'public_for_private'],
    ['a public JWK', publicJwk, 'public_for_private'],
    ['a certificate', certificate, 'certificate'],
    ['a certificate request', certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), 'certificate'],
    ['an OpenSSH key', pkcs8.replaceAll('PRIVATE', 'OPENSSH PRIVATE'), 'openssh'],
    ['a line missing', [...lines.slice(0, 5), ...lines.slice(6)].join('\n'), 'damaged'],
    ['no content', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'damaged'],
    ['a JWK without its primes', JSON.stringify({ ...JSON.parse(jwk), p: undefined }), 'damaged'],
    [
      'a JWK of two keys',
      JSON.stringify({
        ...JSON.parse(jwk),
        n: pss.publicKey.export({ format: 'der', type: 'spki' }).subarray(-261, -5).toString('base64url'),
      }),
      'damaged',
    ],
    ['an elliptic curve', elliptic.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), 'not_rsa'],
    ['an elliptic curve as JWK', JSON.stringify(elliptic.privateKey.export({ format: 'jwk' })), 'not_rsa'],
    ['an RSA-PSS key', pss.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'not_rsa'],
    ['1024 bits', short.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'too_short'],
  ]
  test.each(privateMistakes)('private key: %s', (_, text, code) => expect(mistake(readPrivateKey(text))).toBe(code))

  const publicMistakes: readonly [string, string, string][] = [
    ['nothing', '', 'missing'],
    ['a private key', pkcs8, 'private_for_public'],
    ['an encrypted private key', encrypted('pkcs8', 'aes-256-cbc'), 'private_for_public'],
    ['a private JWK', jwk, 'private_for_public'],
    ['a certificate', certificate, 'certificate'],
    ['an altered one', spki.replace(/\n.{20}/, '\n'), 'damaged'],
    ['an elliptic curve', elliptic.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'not_rsa'],
    ['1024 bits', short.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'too_short'],
  ]
  test.each(publicMistakes)('public key: %s', (_, text, code) => expect(mistake(readPublicKey(text))).toBe(code))

  test('an altered character that leaves the key readable is found by signing with it', () => {
    const der = privateKey.export({ type: 'pkcs1', format: 'der' })
    der.writeUInt8(der.readUInt8(100) ^ 1, 100)
    const altered = `-----BEGIN RSA PRIVATE KEY-----\n${der.toString('base64')}\n-----END RSA PRIVATE KEY-----`
    expect(() => createPrivateKey(altered)).not.toThrow()
    expect(mistake(readPrivateKey(altered))).toBe('damaged')
  })

  test('says what is wrong and what to do, and holds nothing of the text or the passphrase', () => {
    const texts = [...privateMistakes.map(([, text]) => text), encrypted('pkcs8', 'aes-256-cbc')]
    for (const read of texts.flatMap((text) => [readPrivateKey(text, 'hunter2'), readPublicKey(text)])) {
      if (!isLeft(read)) continue
      expect(Object.keys(read.left)).toEqual(['code', 'rule', 'fix'])
      expect(read.left.rule.length * read.left.fix.length).toBeGreaterThan(0)
      expect(JSON.stringify(read.left)).not.toMatch(/hunter2|MII|[A-Za-z0-9+/]{30}/)
    }
  })
})

describe('published keys', () => {
  test.each(['test', 'live'] as const)('Trustly %s is the published one', (environment) =>
    expect(
      sameAs(readPublicKey(trustlyPublicKeys[environment]), publicKeys[`trustly_${environment}`] ?? publicKey),
    ).toBe(true),
  )

  test('every key pair published for tests is recognised, and Trustly LIVE and a new key are not', () => {
    const recognised = Object.entries(publicKeys).filter(([, key]) => isPublishedTestKey(key))
    expect(recognised.map(([name]) => name).sort()).toEqual(
      Object.keys(publicKeys)
        .filter((name) => name !== 'trustly_live')
        .sort(),
    )
    expect(isPublishedTestKey(privateKey)).toBe(false)
    expect(isPublishedTestKey(publicKey)).toBe(false)
  })
})

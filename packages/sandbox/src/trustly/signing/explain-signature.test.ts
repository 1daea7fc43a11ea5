import { constants, sign as rsaSign } from 'node:crypto'
import { merchantPair, strangerPair } from '../../__fixtures__/keys.ts'
import { createProcessPlatform } from '../../platform/process-platform.ts'
import { explainSignature } from './explain-signature.ts'
import { parseJson } from './raw-json.ts'
import { createSignatures, plaintext } from './signature.ts'

const { sign } = createSignatures(createProcessPlatform())
const { publicKey, privateKey } = merchantPair
const method = 'Deposit'
const uuid = '258a2184-2842-b485-25ca-293525152425'
const data = parseJson('{"IntegrationModule":"Å","IP":null,"list":["b","a"],"n":1.50}')
const message = { method, uuid, data }
const right = `${method}${uuid}IPIntegrationModuleÅlistban1.50`
const explain = (signature: string, otherUuids: string[] = []) =>
  explainSignature(message, signature, publicKey, otherUuids)
const signed = (text: string, encoding: BufferEncoding = 'utf8', digest = 'sha1') =>
  rsaSign(digest, Buffer.from(text, encoding), privateKey).toString('base64')

test('starts from the right text', () => {
  expect(plaintext(message)).toBe(right)
})

test.each([
  ['null members dropped', right.replace('IP', '')],
  ['sorted by locale', `${method}${uuid}IntegrationModuleÅIPlistban1.50`],
  ['array elements sorted', right.replace('ba', 'ab')],
  ['numbers parsed', right.replace('1.50', '1.5')],
  ['method missing', right.slice(method.length)],
  ['uuid missing', right.replace(uuid, '')],
  ['method and uuid missing', right.replace(method + uuid, '')],
  ['uuid before the method', right.replace(method + uuid, uuid + method)],
  ['uuid written in another way', right.replace(uuid, uuid.toUpperCase())],
  ['uuid written in another way', right.replace(uuid, uuid.replaceAll('-', ''))],
  ['method deposit in the signed text, not Deposit', right.replace(method, 'deposit')],
  ['method Refund in the signed text, not Deposit', right.replace(method, 'Refund')],
])('names the mistake: %s', (mistake, text) => {
  expect(explain(signed(text))).toContain(mistake)
  expect(explain(signed(text))).not.toContain(';')
})

test('tells a sort without regard to case from one by locale', () => {
  const names = { method, uuid, data: parseJson('{"a1":1,"B":2,"a_":3}') }
  const explained = (text: string) => explainSignature(names, signed(`${method}${uuid}${text}`), publicKey)
  expect(explained('a11a_3B2')).toBe('member names sorted without regard to case, not by bytes')
  expect(explained('a_3a11B2')).toBe('member names sorted by locale (localeCompare), not by bytes')
  expect(explained('a11B2a_3')).toBe('member names not sorted')
})

test('names the uuid of an earlier call', () => {
  const earlier = 'f2b1a0c4-0000-4000-8000-000000000001'
  const stale = signed(right.replace(uuid, earlier))
  expect(explain(stale, [earlier])).toBe('the uuid of an earlier call in the signed text')
  expect(explain(stale)).toBe('signed with the right key, but over another text')
})

test('names Latin-1', () => {
  expect(explain(signed(right, 'latin1'))).toBe('text encoded as Latin-1, not UTF-8')
})

test('names a hash without its prefix, and under a wrong one', () => {
  expect(explain(signed(right, 'utf8', 'sha256'))).toBe('SHA-256 without the prefix alg=RS256;')
  expect(explain(`alg=RS512;${signed(right)}`)).toBe('SHA-1 under the prefix alg=RS512;')
})

test('names two mistakes at once', () => {
  expect(explain(signed(right.replace('IP', ''), 'utf8', 'sha256'))).toBe(
    'null members dropped: a null keeps its name; SHA-256 without the prefix alg=RS256;',
  )
})

test('names the padding, the key, the text and what is no signature', () => {
  const padded = rsaSign('sha256', Buffer.from(right), { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })
  expect(explain(`alg=RS256;${padded.toString('base64')}`)).toBe('padded with PSS, not PKCS#1 v1.5')
  expect(explain(sign(message, strangerPair.privateKey, 'SHA1'))).toBe('signed with another key')
  expect(explain('AAAA')).toBe('signed with another key')
  expect(explain(signed('something else'))).toBe('signed with the right key, but over another text')
  expect(explain('alg=MD5;AAAA')).toContain('not base64')
})

import { createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { merchantPair } from '../../__fixtures__/keys.ts'
import { createProcessPlatform } from '../../platform/process-platform.ts'
import { memberOf, textOf } from '../wire/envelope.ts'
import { canonicalForm } from './canonical-form.ts'
import { type JsonNode, parseJson } from './raw-json.ts'
import { createSignatures, plaintext, readSignature } from './signature.ts'

const { sign, verify } = createSignatures(createProcessPlatform())

type Vector = {
  readonly name: string
  readonly method: string | null
  readonly uuid: string | null
  readonly data: string
  readonly key?: string
  readonly expect_valid?: boolean
  readonly expected_serialised?: string
  readonly expected_plaintext?: string
  readonly expected_signature?: string
}

const fixtures = new URL('../../__fixtures__/trustly/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, fixtures), 'utf8')
const { keys, published, derived } = JSON.parse(read('vectors.json'))
const vectors: Vector[] = [...published, ...derived]
const keyOf = (name: string) => createPublicKey(read(keys[name].public_key_file))
const messageOf = ({ method, uuid, data }: Vector) => ({ method, uuid, data: parseJson(data) })

describe('the published vectors', () => {
  test.each(vectors.filter((v) => v.expected_serialised !== undefined))('serialises $name', (vector) => {
    expect(canonicalForm(parseJson(vector.data))).toBe(vector.expected_serialised)
  })

  test.each(vectors.filter((v) => v.expected_plaintext !== undefined))('has the plaintext of $name', (vector) => {
    expect(plaintext(messageOf(vector))).toBe(vector.expected_plaintext)
  })

  test.each(vectors.filter((v) => v.expected_signature !== undefined))('judges the signature of $name', (vector) => {
    const { key = '', expected_signature: signature = '', expect_valid: valid = true } = vector
    expect(verify(messageOf(vector), signature, keyOf(key))).toBe(valid)
  })

  test('leave none untested', () => {
    const tested = vectors.filter((v) => v.expected_serialised ?? v.expected_plaintext ?? v.expected_signature)
    expect(tested).toHaveLength(22)
    expect(vectors).toHaveLength(22)
  })
})

describe('the messages that Trustly really signed', () => {
  const names = readdirSync(new URL('samples/', fixtures)).filter((name) => name.startsWith('python-real-'))

  test('are four', () => {
    expect(names).toHaveLength(4)
  })

  test.each(names)('%s verifies with the TEST key, and not when a value is changed', (name) => {
    const raw: string = JSON.parse(read(`samples/${name}`)).raw
    const { message, signature } = signedPart(parseJson(raw))
    expect(verify(message, signature, keyOf('trustly_test'))).toBe(true)
    expect(verify({ ...message, method: `${message.method}x` }, signature, keyOf('trustly_test'))).toBe(false)
    expect(verify(message, signature, keyOf('trustly_live'))).toBe(false)
  })
})

const signedPart = (root: JsonNode) => {
  const part = memberOf(root, 'result') ?? memberOf(memberOf(root, 'error'), 'error') ?? memberOf(root, 'params')
  const data = memberOf(part, 'data')
  if (!data) throw new Error('no data')
  const method = textOf(memberOf(part, 'method')) ?? textOf(memberOf(root, 'method')) ?? null
  const uuid = textOf(memberOf(part, 'uuid')) ?? null
  return { message: { method, uuid, data }, signature: textOf(memberOf(part, 'signature')) ?? '' }
}

describe('a signature of our own', () => {
  const { publicKey, privateKey } = merchantPair
  const message = { method: 'credit', uuid: null, data: parseJson('{"b":1.50,"a":null}') }

  test.each(['SHA1', 'RS256', 'RS384', 'RS512'] as const)('verifies with %s', (hash) => {
    const signature = sign(message, privateKey, hash)
    expect(readSignature(signature)?.hash).toBe(hash)
    expect(verify(message, signature, publicKey)).toBe(true)
    expect(verify({ ...message, data: parseJson('{"b":1.5,"a":null}') }, signature, publicKey)).toBe(false)
  })

  test.each(['alg=RS257;', 'alg=rs256;', 'alg=SHA1;', 'alg=RS256', ' '])('is refused under the prefix %j', (prefix) => {
    const signature = prefix + sign(message, privateKey, 'SHA1')
    expect(readSignature(signature)).toBeUndefined()
    expect(verify(message, signature, publicKey)).toBe(false)
  })

  test('with another hash than its prefix says is refused', () => {
    const bare = sign(message, privateKey, 'RS256').slice('alg=RS256;'.length)
    expect(verify(message, bare, publicKey)).toBe(false)
    expect(verify(message, `alg=RS512;${bare}`, publicKey)).toBe(false)
  })
})

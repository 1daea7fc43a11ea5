import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { isLeft } from '@railswitch/core/provider'
import { strangerPair as other, merchantPair as pair } from '@railswitch/sandbox/fixtures/keys'
import fc from 'fast-check'
import { publicKeys, signedMessages, vectors } from '../__fixtures__/published.ts'
import { type JsonValue, memberAt, parseJson } from './json-text.ts'
import { type SignatureHash, type Signed, sign, signSync, verify } from './signature.ts'

const longer = generateKeyPairSync('rsa', { modulusLength: 3072 })
const hashes: readonly SignatureHash[] = ['sha1', 'rs256', 'rs384', 'rs512']
const message: Signed = {
  method: 'Deposit',
  uuid: '258a2184-2842-b485-25ca-293525152425',
  data: { Firstname: 'Åsa 🐟' },
}

const read = (text: string): JsonValue => {
  const parsed = parseJson(text)
  if (isLeft(parsed)) throw new Error(parsed.left.code)
  return parsed.right
}

const outcome = (signed: Signed, signature: string, ...keys: readonly KeyObject[]) => {
  const verified = verify(signed, signature, { keys })
  return isLeft(verified) ? verified.left : verified.right
}

const keyNamed = (name: string): KeyObject => {
  const key = publicKeys[name]
  if (key === undefined) throw new Error(name)
  return key
}

const signed = (hash: SignatureHash, text = message): string => {
  const signature = signSync(text, { key: pair.privateKey, hash })
  if (isLeft(signature)) throw new Error(signature.left)
  return signature.right
}

describe('published signatures', () => {
  const withSignature = [...vectors.published, ...vectors.derived].flatMap((vector) =>
    vector.expected_signature === undefined ? [] : [{ ...vector, signature: vector.expected_signature }],
  )

  test('there are as many as there were', () => expect(withSignature).toHaveLength(15))

  test.each(withSignature)('$name', ({ method, uuid, data, key, signature, expect_valid, name }) => {
    const hash = /RS\d+$/.exec(name)?.[0].toLowerCase() ?? 'sha1'
    expect(outcome({ method, uuid, data: read(data) }, signature, keyNamed(key))).toBe(
      expect_valid === false ? 'wrong_signature' : hash,
    )
  })

  test('the documentation prints the beginning of the signature-tester signature that verifies', () => {
    const printed = vectors.published.find(({ name }) => name === 'docs-signature-tester-deposit')
    const whole = vectors.derived.find(({ name }) => name === 'derived-docs-deposit-SHA1')
    expect(printed?.expected_signature_prefix?.length).toBeGreaterThan(200)
    expect(whole?.expected_signature?.startsWith(printed?.expected_signature_prefix ?? '-')).toBe(true)
    expect(whole?.data).toBe(printed?.data)
  })
})

describe('messages as they were on the wire', () => {
  /** Where each kind of message keeps its method, UUID, data and signature. */
  const partsOf = (raw: string): readonly (Signed & { readonly signature: string })[] => {
    const whole = read(raw)
    const parts = [memberAt(whole, 'params'), memberAt(whole, 'result'), memberAt(whole, 'error', 'error')]
    return parts.flatMap((part) => {
      if (part === undefined) return []
      const own = (name: string) => memberAt(part, name) ?? memberAt(part, name.toUpperCase()) ?? null
      const data = memberAt(part, 'data') ?? memberAt(part, 'Data') ?? null
      const signature = memberAt(part, 'signature') ?? memberAt(part, 'Signature')
      const method = memberAt(part, 'method') ?? memberAt(whole, 'method') ?? null
      return typeof signature !== 'string'
        ? []
        : [{ method: String(method), uuid: String(own('uuid')), data, signature }]
    })
  }

  const signerOf = (name: string): string =>
    name.startsWith('python-real')
      ? 'trustly_test'
      : name.startsWith('python')
        ? 'python_test_1'
        : 'signaturetester_merchant'

  const ownKey = signedMessages.filter(({ name }) => name !== 'java-response-error_invalid_parameters')

  test('there are as many as there were', () => expect(ownKey).toHaveLength(16))

  test.each(ownKey)('$name verifies with its key and no other, and not with one character changed', ({ name, raw }) => {
    const parts = partsOf(raw)
    expect(parts).toHaveLength(1)
    for (const { signature, ...rest } of parts) {
      expect(outcome(rest, signature, keyNamed(signerOf(name)))).toBe('sha1')
      expect(outcome(rest, signature, keyNamed('trustly_live'))).toBe('wrong_signature')
      expect(outcome({ ...rest, uuid: `${rest.uuid}0` }, signature, keyNamed(signerOf(name)))).toBe('wrong_signature')
      expect(outcome({ ...rest, data: { altered: rest.data } }, signature, keyNamed(signerOf(name)))).toBe(
        'wrong_signature',
      )
    }
  })

  test('one altered character anywhere in the signed data of a real message is noticed', () => {
    const { raw } = signedMessages.find(({ name }) => name === 'python-real-notification1') ?? { raw: '' }
    const start = raw.indexOf('"currency"')
    const end = raw.indexOf('}', start)
    for (let at = start; at < end; at += 1) {
      if (!/[A-Za-z0-9]/.test(raw.charAt(at))) continue
      const altered = raw.slice(0, at) + (raw[at] === '7' ? '8' : '7') + raw.slice(at + 1)
      for (const { signature, ...rest } of partsOf(altered))
        expect(outcome(rest, signature, keyNamed('trustly_test'))).toBe('wrong_signature')
    }
  })

  test('the fixture whose uuid its publishers replaced is refused', () => {
    const { raw } = signedMessages.find(({ name }) => name === 'java-response-error_invalid_parameters') ?? { raw: '' }
    for (const { signature, ...rest } of partsOf(raw))
      expect(outcome(rest, signature, ...Object.values(publicKeys))).toBe('wrong_signature')
  })

  test('a shifted boundary keeps the signature valid: only a schema can tell 20.00 SEK from another structure', () => {
    const data = { amount: '20.00', currency: 'SEK' }
    const signature = signed('sha1', { method: 'credit', uuid: 'u', data })
    const shifted: readonly Signed[] = [
      { method: 'credit', uuid: 'u', data },
      { method: 'credit', uuid: 'u', data: { amount: '20.00currencySEK' } },
      { method: 'credit', uuid: 'u', data: { amount20: '.00currencySEK' } },
      { method: 'credit', uuid: 'u', data: { amount: { '20.00': '' }, currency: ['SEK'] } },
      { method: 'credit', uuid: 'u', data: 'amount20.00currencySEK' },
      { method: 'cred', uuid: 'itu', data },
      { method: 'credit', uuid: null, data: { uamount: '20.00currencySEK' } },
    ]
    expect(shifted.map((one) => outcome(one, signature, pair.publicKey))).toEqual(shifted.map(() => 'sha1'))
  })
})

describe('signing', () => {
  test.each(hashes)('with %s is repeatable, alike on both paths, and verifies as that hash', async (hash) => {
    const signature = signed(hash)
    expect(signed(hash)).toBe(signature)
    expect(await sign(message, { key: pair.privateKey, hash })).toEqual({ _tag: 'Right', right: signature })
    expect(outcome(message, signature, pair.publicKey)).toBe(hash)
    expect(signature.slice(0, 10)).toBe(hash === 'sha1' ? signature.slice(0, 10) : `alg=${hash.toUpperCase()};`)
    expect(signature).toMatch(/^(alg=RS(256|384|512);)?[A-Za-z0-9+/]{342}==$/)
  })

  test('a key that cannot sign is an answer, not an exception', async () => {
    for (const hash of hashes) {
      expect(signSync(message, { key: pair.publicKey, hash })).toEqual({ _tag: 'Left', left: 'cannot_sign' })
      expect(await sign(message, { key: pair.publicKey, hash })).toEqual({ _tag: 'Left', left: 'cannot_sign' })
    }
  })

  test('what was signed verifies whatever the words, and nothing else does', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })),
        fc.string({ minLength: 1 }),
        (data, more) => {
          const signature = signed('sha1', { ...message, data })
          expect(outcome({ ...message, data }, signature, pair.publicKey)).toBe('sha1')
          expect(outcome({ ...message, data: [data, more] }, signature, pair.publicKey)).toBe('wrong_signature')
        },
      ),
      { numRuns: 50 },
    ))
})

describe('verifying', () => {
  const sha1 = signed('sha1')
  const rs256 = signed('rs256')
  const bare256 = rs256.slice(10)

  test('tries every key in turn, and says so when none fits', () => {
    expect(outcome(message, sha1, other.publicKey, longer.publicKey, pair.publicKey)).toBe('sha1')
    expect(outcome(message, sha1, other.publicKey, longer.publicKey)).toBe('wrong_signature')
  })

  test('does not read a signature under another hash than it names', () => {
    expect(outcome(message, bare256, pair.publicKey)).toBe('wrong_signature')
    expect(outcome(message, `alg=RS256;${sha1}`, pair.publicKey)).toBe('wrong_signature')
    expect(outcome(message, `alg=RS512;${bare256}`, pair.publicKey)).toBe('wrong_signature')
  })

  test.each(['alg=RS1;', 'alg=SHA1;', 'alg=RS257;', 'alg=rs256;', 'alg=RS256', 'alg=RS256,', 'alg=none;', 'alg='])(
    'refuses %j instead of falling back to SHA-1',
    (prefix) => {
      expect(outcome(message, prefix + sha1, pair.publicKey)).toBe('unknown_algorithm')
      expect(outcome(message, prefix + bare256, pair.publicKey)).toBe('unknown_algorithm')
    },
  )

  test('refuses the prefix twice, after a space, or at the end', () => {
    expect(outcome(message, `alg=RS256;${rs256}`, pair.publicKey)).toBe('malformed_signature')
    expect(outcome(message, ` alg=RS256;${bare256}`, pair.publicKey)).toBe('malformed_signature')
    expect(outcome(message, `${bare256}alg=RS256;`, pair.publicKey)).toBe('malformed_signature')
  })

  test('takes base64 that happens to end in alg== for SHA-1: one signature in 16,384 does', () => {
    const ending = `${'A'.repeat(339)}alg==`
    expect(Buffer.from(ending, 'base64')).toHaveLength(256)
    expect(outcome(message, ending, pair.publicKey)).toBe('wrong_signature')
  })

  const alteredBase64: readonly [string, string][] = [
    ['nothing', ''],
    ['no padding', sha1.slice(0, -2)],
    ['half the padding', sha1.slice(0, -1)],
    ['more padding', `${sha1}=`],
    ['a line feed at the end', `${sha1}\n`],
    ['a space before', ` ${sha1}`],
    ['a line break inside', `${sha1.slice(0, 76)}\r\n${sha1.slice(76)}`],
    ['the URL alphabet', `-_${sha1.slice(2)}`],
    ['other unused bits at the end', `${sha1.slice(0, -3)}${sha1.at(-3) === 'B' ? 'C' : 'B'}==`],
    ['a zero byte', `${sha1}\u0000`],
    ['a byte too few', Buffer.from(sha1, 'base64').subarray(1).toString('base64')],
    ['a byte too many', Buffer.concat([Buffer.alloc(1), Buffer.from(sha1, 'base64')]).toString('base64')],
  ]

  test.each(alteredBase64)('refuses a signature with %s', (_, altered) =>
    expect(outcome(message, altered, pair.publicKey)).toBe('malformed_signature'),
  )

  test('refuses hashes below the minimum', () => {
    const atLeast = (minimumHash: SignatureHash) =>
      hashes.map((hash) => verify(message, signed(hash), { keys: [pair.publicKey], minimumHash })._tag)
    expect(atLeast('sha1')).toEqual(['Right', 'Right', 'Right', 'Right'])
    expect(atLeast('rs384')).toEqual(['Left', 'Left', 'Right', 'Right'])
    expect(verify(message, sha1, { keys: [pair.publicKey], minimumHash: 'rs256' })).toMatchObject({ left: 'weak_hash' })
  })

  test('believes nobody when there are no keys', () => expect(outcome(message, sha1)).toBe('malformed_signature'))

  test('takes null for a method and UUID that Trustly could not read', () =>
    expect(
      outcome(
        { method: '', uuid: '', data: 'x' },
        signed('sha1', { method: null, uuid: null, data: 'x' }),
        pair.publicKey,
      ),
    ).toBe('sha1'))
})

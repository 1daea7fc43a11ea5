import { describe, expect, test } from '@jest/globals'
import { isLeft, right, systemRuntime } from '@railswitch/core/provider'
import { merchantPair as merchant } from '@railswitch/sandbox/fixtures/keys'
import fc from 'fast-check'
import { publicKeys, signedMessages } from '../__fixtures__/published.ts'
import { callTrustly, type TrustlyAccount } from '../client/call.ts'
import { canonicalBytes, canonicalForm } from './canonical-form.ts'
import {
  acknowledgementBody,
  readNotificationEnvelope,
  readResponseEnvelope,
  requestBody,
  type SignedPart,
} from './envelope.ts'
import { type JsonValue, parseJson } from './json-text.ts'
import { readRequestData } from './request-data.ts'
import { sign, signSync, verify } from './signature.ts'

const trustlyTest = publicKeys.trustly_test
if (!trustlyTest) throw new Error('The fixture is missing.')

/** Captured from Trustly's TEST server, with its signatures: trustly.md, section 2.1, and __fixtures__/README.md. */
const captured = signedMessages.filter(({ name }) => name.startsWith('python-real')).map(({ raw }) => raw)

interface Believed extends SignedPart {
  readonly kind: string
}

/** What both readers make of a text, where its signature is Trustly's. */
const believed = (text: string): Believed | null => {
  const notification = readNotificationEnvelope(text)
  const read = isLeft(notification) ? readResponseEnvelope(text) : notification
  if (isLeft(read)) return null
  const part = { kind: 'notification', ...read.right }
  return isLeft(verify(part, part.signature, { keys: [trustlyTest] })) ? null : part
}

const plaintextOf = ({ method, uuid, data }: SignedPart): string => canonicalBytes(method + uuid, data).toString()

test('the captured messages are believed as they are', () => {
  expect(captured).toHaveLength(4)
  expect(captured.map((raw) => believed(raw)?.kind)).toEqual(
    expect.arrayContaining(['notification', 'result', 'error', 'result']),
  )
})

describe('a text from anybody', () => {
  test('is read or refused, never thrown at, and never believed', () =>
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(believed(text)).toBeNull()
        const parsed = parseJson(text)
        if (isLeft(parsed)) return
        expect(typeof canonicalForm(parsed.right)).toBe('string')
        if (typeof parsed.right === 'object' && parsed.right !== null) readRequestData(parsed.right)
      }),
      { numRuns: 5_000 },
    ))

  test('a captured message with something changed is refused, unless what is signed is the same', () =>
    fc.assert(
      fc.property(fc.constantFrom(...captured), fc.array(edit, { minLength: 1, maxLength: 3 }), (raw, edits) => {
        const original = believed(raw)
        const changed = believed(edits.reduce((text, apply) => apply(text), raw))
        if (original === null) throw new Error('The captured message is not believed.')
        if (changed === null) return
        expect(plaintextOf(changed)).toBe(plaintextOf(original))
        expect(changed.signature).toBe(original.signature)
      }),
      { numRuns: 5_000 },
    ))

  test('a captured message with one value, name, method or uuid replaced is refused', () =>
    fc.assert(
      fc.property(fc.constantFrom(...captured), fc.nat(), fc.string(), (raw, which, other) => {
        const strings = [...raw.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
        const chosen = strings[which % strings.length]
        if (chosen === undefined) throw new Error('no string')
        const text = raw.slice(0, chosen.index) + JSON.stringify(other) + raw.slice(chosen.index + chosen[0].length)
        const changed = believed(text)
        if (changed !== null) expect(unsignedStrings).toContain(chosen[1])
      }),
      { numRuns: 2_000 },
    ))

  test('what we write, both readers read back', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (data) => {
        const part = { method: 'credit', uuid: 'u', signature: 's', data }
        expect(readResponseEnvelope(acknowledgementBody('credit', 'u', 's', data))).toEqual(
          right({ kind: 'result', ...part }),
        )
        const asNotification = requestBody('credit', 'u', 's', data).replace(
          '"params":{"Signature":"s","UUID":"u","Data":',
          '"params":{"signature":"s","uuid":"u","data":',
        )
        expect(readNotificationEnvelope(asNotification)).toEqual(right(part))
      }),
    ))
})

describe('limits', () => {
  const deep: readonly [string, string, string][] = [
    ['lists', '['.repeat(10_000), ']'.repeat(10_000)],
    ['objects', '{"a":'.repeat(10_000), `1${'}'.repeat(10_000)}`],
    ['both', '[{"a":'.repeat(10_000), '}]'.repeat(10_000)],
    ['lists that never end', '['.repeat(60_000), ''],
  ]

  test.each(deep)('10,000 levels of %s: the reader stops at the 33rd', (_, open, close) => {
    const parsed = parseJson(open + close)
    expect(parsed).toMatchObject({ left: { code: 'too_deep' } })
    expect(isLeft(parsed) && parsed.left.at).toBeLessThan(33 * 6)
    const inEnvelope = `{"method":"credit","params":{"signature":"x","uuid":"u","data":${open}${close}}}`
    expect(readResponseEnvelope(inEnvelope)).toMatchObject({ _tag: 'Left' })
    expect(readNotificationEnvelope(inEnvelope)).toMatchObject({ _tag: 'Left' })
  })

  test('10,000 levels of data to be signed are refused, not signed', () => {
    let data: object = {}
    for (let level = 0; level < 10_000; level += 1) data = { data }
    expect(readRequestData(data)).toMatchObject({ left: { code: 'too_deep' } })
  })

  test('a notification of 64 KiB is read, a longer one is not', () => {
    const of = (length: number) => {
      const envelope = (filler: string) =>
        `{"method":"credit","params":{"signature":"x","uuid":"u","data":{"filler":"${filler}"}}}`
      return envelope('x'.repeat(length - envelope('').length))
    }
    expect(readNotificationEnvelope(of(65_536))).toMatchObject({ _tag: 'Right' })
    expect(readNotificationEnvelope(of(65_537))).toEqual({ _tag: 'Left', left: 'too_large' })
  })

  const wide: readonly [string, string][] = [
    ['many members', `{${Array.from({ length: 7_000 }, (_, at) => `"m${at}":1`).join(',')}}`],
    ['rows of other names', `[${Array.from({ length: 5_000 }, (_, at) => `{"m${at}":1}`).join(',')}]`],
    ['rows of a duplicate name', `[${'{"a":1,"a":1},'.repeat(4_000)}1]`],
    ['a long number', '1'.repeat(65_000)],
    ['a long string of escapes', `"${'\\u0041'.repeat(10_000)}"`],
    ['backslashes without end', `"${'\\'.repeat(64_001)}`],
    ['white space', ' '.repeat(65_000)],
    ['quotes', '"'.repeat(65_000)],
    ['short strings before one escape', `[${'"",'.repeat(20_000)}"\\n"]`],
  ]

  test.each(wide)('64 KiB of %s are read in one pass', (_, text) => {
    const parsed = parseJson(text)
    if (!isLeft(parsed)) expect(canonicalForm(parsed.right).length).toBeLessThanOrEqual(text.length)
  })
})

describe('an answer', () => {
  const uuid = '258a2184-2842-b485-25ca-293525152425'
  const signedAnswer = (data: JsonValue): string => {
    const signature = signSync({ method: 'Deposit', uuid, data }, { key: merchant.privateKey, hash: 'sha1' })
    if (isLeft(signature)) throw new Error(signature.left)
    return JSON.stringify({ version: '1.1', result: { signature: signature.right, method: 'Deposit', uuid, data } })
  }

  const play = (body: Uint8Array, more: { readonly method?: string; readonly largestResponse?: number } = {}) => {
    const asked: (number | undefined)[] = []
    const account: TrustlyAccount = {
      url: 'https://trustly.example/',
      username: 'u',
      password: 'p',
      transport:
        ({ largestResponse }) =>
        async () => {
          asked.push(largestResponse)
          return right({ status: 200, contentType: 'application/json', body })
        },
      runtime: systemRuntime,
      timeoutMs: 1,
      replayAfterMs: [0],
      sign: (message) => sign(message, { key: merchant.privateKey, hash: 'sha1' }),
      signReply: (message) => signSync(message, { key: merchant.privateKey, hash: 'sha1' }),
      verify: (message, given) => !isLeft(verify(message, given, { keys: [merchant.publicKey] })),
      trustedKeys: [merchant.publicKey],
    }
    const request = { method: 'Deposit', uuid, data: {}, resumed: false, ...more }
    return { answer: callTrustly(account, request)(), asked }
  }

  test('of any bytes is no proof of anything, and throws nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), hostileText.map(bytesOf)), async (body) =>
        expect(await play(body).answer).toMatchObject({ left: { effect: 'may_have_happened' } }),
      ),
      { numRuns: 300 },
    ))

  test('above the limit of its call is refused unread, and not asked for again', async () => {
    const text = signedAnswer({ orderid: '1', filler: 'x'.repeat(5_000) })
    const size = Buffer.byteLength(text)
    expect(await play(bytesOf(text), { largestResponse: size }).answer).toMatchObject({ right: { orderid: '1' } })
    const { answer, asked } = play(bytesOf(text), { largestResponse: size - 1 })
    expect(await answer).toMatchObject({ left: { code: 'no_valid_response', effect: 'may_have_happened' } })
    expect(asked).toEqual([size - 1])
  })

  test('has 1 MiB, and a report 32', async () => {
    const limits = ['Deposit', 'NewMethod', 'AccountLedger', 'ViewAutomaticSettlementDetailsCSV'].map(
      async (method) => {
        const { answer, asked } = play(Buffer.alloc(1), { method })
        await answer
        return (asked[0] ?? 0) / 1024 / 1024
      },
    )
    expect(await Promise.all(limits)).toEqual([1, 1, 32, 32])
  })
})

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Outside the signed part: `version`, and an error's outer copies. */
const unsignedStrings = ['version', '1.1', 'name', 'JSONRPCError', 'code', 'message', 'ERROR_INVALID_CREDENTIALS']

const fragment = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u00e5', '0', '1', '-', '.', 'e', 'null', 'true', ' ', '\n', '\u0000'],
  ...['"method":', '"params":', '"result":', '"error":', '"data":', '"signature":', '"uuid":', '"a"', '{}', 'å', '🐟'],
  ...['__proto__', '"__proto__":', 'alg=RS256;', '"constructor":'],
)

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.json({ maxDepth: 5, stringUnit: 'binary' }),
  fc
    .record({ method: fc.jsonValue(), params: fc.jsonValue(), result: fc.jsonValue(), error: fc.jsonValue() })
    .map((envelope) => JSON.stringify(envelope)),
  fc
    .record({ signature: fc.jsonValue(), uuid: fc.jsonValue(), method: fc.jsonValue(), data: fc.jsonValue() })
    .map((part) => JSON.stringify({ method: 'credit', params: part, result: part })),
)

/** Replaces up to three units somewhere by a fragment, or moves a stretch to another place. */
const edit: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.nat({ max: 3 }), fc.oneof(fragment, fc.string({ maxLength: 2 })))
    .map(([place, cut, insert]) => (text: string) => {
      const at = place % (text.length + 1)
      return text.slice(0, at) + insert + text.slice(at + cut)
    }),
  fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.nat()).map(([from, length, to]) => (text: string) => {
    const start = from % (text.length + 1)
    const rest = text.slice(0, start) + text.slice(start + length)
    const at = to % (rest.length + 1)
    return rest.slice(0, at) + text.slice(start, start + length) + rest.slice(at)
  }),
)

import type { KeyObject } from 'node:crypto'
import { inspect } from 'node:util'
import {
  isLeft,
  left,
  right,
  systemRuntime,
  type Transport,
  type TransportFailure,
  type WireResponse,
} from '@railswitch/core/provider'
import {
  merchantPair as merchant,
  strangerPair as stranger,
  trustlyPair as trustly,
} from '@railswitch/sandbox/fixtures/keys'
import { publicKeys, signedMessages } from '../__fixtures__/published.ts'
import type { JsonValue } from '../wire/json-text.ts'
import { type SignatureHash, sign, signSync, verify } from '../wire/signature.ts'
import { callTrustly, type TrustlyAccount, type TrustlyRequest } from './call.ts'

const uuid = '258a2184-2842-b485-25ca-293525152425'

type Step = WireResponse | TransportFailure | (() => WireResponse)

const textAnswer = (text: string, status = 200): WireResponse => ({
  status,
  contentType: 'application/json',
  body: new TextEncoder().encode(text),
})

const signedBy = (key = trustly.privateKey, part = { method: 'Deposit', uuid }, hash: SignatureHash = 'sha1') => {
  const build = (data: JsonValue): { signature: string; uuid: string; method: string; data: JsonValue } => {
    const signature = signSync({ ...part, data }, { key, hash })
    if (isLeft(signature)) throw new Error('cannot sign')
    return { signature: signature.right, ...part, data }
  }
  return {
    result: (data: JsonValue) => textAnswer(JSON.stringify({ version: '1.1', result: build(data) })),
    error: (code: string, message: string, outer = message) =>
      textAnswer(
        JSON.stringify({
          version: '1.1',
          error: { name: 'JSONRPCError', code: 1, message: outer, error: build({ code, message }) },
        }),
      ),
  }
}

const ok = signedBy().result({ orderid: '1', url: 'https://checkout.example/' })

/** Answers one step per call, and keeps what was sent. */
const play = (steps: readonly Step[], more: Partial<TrustlyAccount> = {}) => {
  const sent: string[] = []
  const transport: Transport =
    ({ body }) =>
    async () => {
      const step = steps[sent.length]
      sent.push(Buffer.from(body).toString())
      if (step === undefined) throw new Error('one call too many')
      const answer = typeof step === 'function' ? step() : step
      return 'reason' in answer ? left(answer) : right(answer)
    }
  const account: TrustlyAccount = {
    url: 'https://test.trustly.example/api/1',
    rail: 'north',
    username: 'marked-user',
    password: 'marked-password',
    transport,
    runtime: systemRuntime,
    timeoutMs: 1,
    replayAfterMs: [0, 0],
    sign: (message) => sign(message, { key: merchant.privateKey, hash: 'sha1' }),
    signReply: (message) => signSync(message, { key: merchant.privateKey, hash: 'sha1' }),
    verify: (message, signature) => !isLeft(verify(message, signature, { keys: [trustly.publicKey] })),
    trustedKeys: [trustly.publicKey],
    ...more,
  }
  const call = (request: Partial<TrustlyRequest> = {}) =>
    callTrustly(account, { method: 'Deposit', uuid, data: { EndUserID: 'Åsa' }, resumed: false, ...request })()
  return { call, sent }
}

const lost: TransportFailure = { sent: true, reason: 'timeout' }
const refused: TransportFailure = { sent: false, reason: 'ECONNREFUSED' }

test('the request is signed over its own bytes, with the credentials inside', async () => {
  const { call, sent } = play([ok])
  expect(await call()).toMatchObject({ right: { orderid: '1' } })
  const { method, params, version } = JSON.parse(sent[0] ?? '')
  expect(version).toBe('1.1')
  expect(params.Data).toEqual({ EndUserID: 'Åsa', Username: 'marked-user', Password: 'marked-password' })
  const signed = { method, uuid: params.UUID, data: params.Data }
  expect(isLeft(verify(signed, params.Signature, { keys: [merchant.publicKey] }))).toBe(false)
})

test.each<[string, Step]>([
  ['a time-out', lost],
  ['an HTML page', textAnswer('<html>Bad gateway</html>', 502)],
  ['an empty body', textAnswer('', 200)],
  ["a stranger's signature", signedBy(stranger.privateKey).result({ orderid: '1', url: 'https://evil.example/' })],
  ["another request's uuid", signedBy(undefined, { method: 'Deposit', uuid: uuid.replace('2', '3') }).result({})],
  ["another method's answer", signedBy(undefined, { method: 'Refund', uuid }).result({})],
  ['an unsigned error', textAnswer('{"version":"1.1","error":{"name":"JSONRPCError","code":616,"message":"X"}}')],
  [
    'an error without uuid and method',
    textAnswer('{"error":{"error":{"signature":"x","uuid":null,"method":null,"data":{"code":620,"message":"X"}}}}'),
  ],
  ["a stranger's error", signedBy(stranger.privateKey).error('637', 'ERROR_DUPLICATE_MESSAGE_ID')],
  ['a body that is not UTF-8', { status: 200, contentType: '', body: Uint8Array.of(0x7b, 0xff, 0x7d) }],
])('%s is no answer: the identical bytes are sent again, and the next one is believed', async (_name, step) => {
  const { call, sent } = play([step, ok])
  expect(await call()).toMatchObject({ right: { orderid: '1' } })
  expect(sent).toHaveLength(2)
  expect(sent[1]).toBe(sent[0])
})

test('without any answer that can be believed, it may have happened', async () => {
  const { call, sent } = play([lost, textAnswer('garbage'), lost])
  expect(await call()).toMatchObject({
    left: { code: 'no_valid_response', effect: 'may_have_happened', retry: 'same_attempt' },
  })
  expect(new Set(sent).size).toBe(1)
})

test('a refused first connection was not sent, and is not repeated', async () => {
  const { call, sent } = play([refused])
  expect(await call()).toMatchObject({ left: { code: 'unreachable', effect: 'not_sent' } })
  expect(sent).toHaveLength(1)
})

test('a refused connection proves nothing once an earlier call may have arrived', async () => {
  expect(await play([lost, refused, refused]).call()).toMatchObject({ left: { effect: 'may_have_happened' } })
  expect(await play([refused, refused, refused]).call({ resumed: true })).toMatchObject({
    left: { effect: 'may_have_happened' },
  })
})

test.each(['602', '607', '616', '636', '639'])(
  'the gate’s error %s is a refusal at first, and no proof after a lost answer',
  async (code) => {
    const error = signedBy().error(code, 'ERROR_GATE')
    expect(await play([error]).call()).toMatchObject({ left: { effect: 'refused', vendor: { code } } })
    expect(await play([lost, error]).call()).toMatchObject({ left: { effect: 'may_have_happened' } })
    expect(await play([error]).call({ resumed: true })).toMatchObject({ left: { effect: 'may_have_happened' } })
  },
)

test('an error is read from its signed part alone', async () => {
  const { call } = play([signedBy().error('615', 'ERROR_INVALID_AMOUNT', 'ERROR_SOMETHING_NICER')])
  expect(await call()).toMatchObject({
    left: { code: 'rejected', effect: 'refused', vendor: { code: '615', text: 'ERROR_INVALID_AMOUNT' } },
  })
})

test.each<SignatureHash>(['sha1', 'rs256', 'rs384', 'rs512'])('an answer signed by %s is verified', async (hash) => {
  const { call } = play([signedBy(undefined, undefined, hash).result({ orderid: '7' })])
  expect(await call()).toMatchObject({ right: { orderid: '7' } })
})

test('a real error, signed by Trustly’s TEST key, is read as what it is', async () => {
  const { raw = '' } = signedMessages.find(({ name }) => name === 'python-real-Deposit-452') ?? {}
  const testKey = publicKeys.trustly_test
  if (!testKey) throw new Error('The fixture is missing.')
  const { call } = play([textAnswer(raw)], {
    verify: (message, signature) => !isLeft(verify(message, signature, { keys: [testKey] })),
  })
  expect(await call({ uuid: 'ad4f3dbe-6c1d-11e5-9d5e-0800279bcb51' })).toMatchObject({
    left: { code: 'misconfigured', effect: 'refused', vendor: { code: '616', text: 'ERROR_INVALID_CREDENTIALS' } },
  })
})

test('a response that the trusted keys do not verify names them, and where to check them', async () => {
  const trusted = publicKeys.trustly_test
  if (!trusted) throw new Error('The fixture is missing.')
  const steps = Array.from({ length: 3 }, () => signedBy().result({ orderid: '7' }))
  const other = (keys: readonly KeyObject[]) =>
    play(steps, { verify: (message, signature) => !isLeft(verify(message, signature, { keys })), trustedKeys: keys })
  expect(await other([trusted]).call()).toMatchObject({
    left: {
      code: 'no_valid_response',
      retry: 'same_attempt',
      message: expect.stringContaining("whose signature does not verify with `publicKey` (Trustly's key of test)"),
      hint: expect.stringMatching(
        /check `publicKey` of rail north \(RAILSWITCH_NORTH_PUBLIC_KEY or its _FILE\)\. .*Call again .*twice\.$/,
      ),
    },
  })
  expect(await other([merchant.publicKey]).call()).toMatchObject({
    left: { message: expect.stringMatching(/`publicKey` \(SHA-256 [0-9a-f]{16}\)/) },
  })
})

test('a response to another request says nothing about the keys', async () => {
  const step = signedBy(undefined, { method: 'Deposit', uuid: uuid.replace(/^./, 'f') }).result({ orderid: '7' })
  const { call } = play([step, step, step])
  expect(await call()).toMatchObject({
    left: {
      message:
        'Trustly gave no valid response at https://test.trustly.example/api/1 (a response (HTTP 200) that Trustly signed for another request).',
      hint: expect.not.stringContaining('publicKey'),
    },
  })
})

test('an abort ends the repetitions', async () => {
  const controller = new AbortController()
  const { call, sent } = play([
    () => {
      controller.abort()
      return textAnswer('')
    },
  ])
  expect(await call({ signal: controller.signal })).toMatchObject({ left: { effect: 'may_have_happened' } })
  expect(sent).toHaveLength(1)
})

test('no error shows a credential, whatever was answered', async () => {
  const echo = textAnswer('{"error":"marked-password marked-user"}')
  for (const steps of [[echo, echo, echo], [refused], [signedBy().error('999', 'ERROR_ODD')]]) {
    const answer = await play(steps).call()
    expect(isLeft(answer)).toBe(true)
    for (const text of [inspect(answer, { depth: 9 }), JSON.stringify(answer)]) expect(text).not.toContain('marked-')
  }
})

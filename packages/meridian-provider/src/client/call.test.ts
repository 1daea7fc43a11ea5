import {
  isLeft,
  left,
  type PaymentError,
  right,
  systemRuntime,
  type Transport,
  type WireResponse,
} from '@railswitch/core/provider'
import { responseSignature } from '../vendor/signatures.ts'
import { createCall } from './call.ts'

const secret = 'secret-of-the-account-0123456789'
const config = {
  apiKey: 'mk_shop1',
  secrets: [secret, 'old-secret-0123456789abcdefgh'],
  url: 'https://m.example/v1',
} as const
const signal = new AbortController().signal

type Respond = (request: Parameters<Transport>[0]) => WireResponse

/** A response that the account's secret signs. */
const signed =
  (status: number, body: string): Respond =>
  ({ headers }) => {
    const bytes = new TextEncoder().encode(body)
    const signature = responseSignature(secret, headers['meridian-signature'] ?? '', status, bytes)
    return { status, contentType: 'application/json', headers: { 'meridian-signature': signature }, body: bytes }
  }

const errorBody = (code: string, final: boolean): string => JSON.stringify({ error: { code, message: 'x', final } })

const callWith = (transport: Transport, resumed = false) =>
  createCall({ config, transport, runtime: systemRuntime })({
    method: 'POST',
    path: '/payins',
    idempotencyKey: 'payin:order-1',
    body: { reference: 'order-1' },
    resumed,
    signal,
  })()

const errorOf = async (respond: Respond, resumed = false): Promise<PaymentError> => {
  const result = await callWith((request) => async () => right(respond(request)), resumed)
  if (!isLeft(result)) throw new Error('the call must fail')
  return result.left
}

test('the same request has the same body and key, whatever the time', async () => {
  const sent: (readonly [string, string | undefined])[] = []
  const transport: Transport = (request) => async () => {
    sent.push([Buffer.from(request.body).toString(), request.headers['idempotency-key']])
    return right(signed(201, '{}')(request))
  }
  const times = [new Date(1_000_000), new Date(9_000_000)]
  const runtime = { ...systemRuntime, now: () => times.shift() ?? new Date() }
  const request = {
    method: 'POST',
    path: '/payins',
    idempotencyKey: 'k',
    body: { a: 1 },
    resumed: false,
    signal,
  } as const
  const call = createCall({ config, transport, runtime })
  await call(request)()
  await call(request)()
  expect(sent).toEqual([
    ['{"a":1}', 'k'],
    ['{"a":1}', 'k'],
  ])
})

test('a signed response', async () => {
  const transport: Transport = (request) => async () => right(signed(201, '{"id":"pi_1"}')(request))
  expect(await callWith(transport)).toEqual(right({ id: 'pi_1' }))
})

test.each<readonly [string, Respond]>([
  [
    'a response without a signature',
    () => ({ status: 201, contentType: '', body: new TextEncoder().encode('{"id":"pi_1"}') }),
  ],
  [
    'a refusal without a signature',
    () => ({ status: 422, contentType: '', body: new TextEncoder().encode(errorBody('x', true)) }),
  ],
  [
    'the signed response to another request',
    (request) => signed(201, '{"id":"pi_1"}')({ ...request, headers: { 'meridian-signature': '0'.repeat(64) } }),
  ],
  [
    'a refusal that was a success when it was signed',
    (request) => ({ ...signed(201, errorBody('insufficient_funds', true))(request), status: 422 }),
  ],
  ['a signed page that is no JSON', signed(200, '<html>')],
  ['a signed refusal without an error', signed(422, '{}')],
  ['a signed server error', signed(500, errorBody('internal', false))],
  ['an order that exists already', signed(409, errorBody('reference_taken', false))],
  ['a key of another request', signed(409, errorBody('idempotency_mismatch', false))],
])('%s: it may have happened', async (_name, respond) => {
  expect(await errorOf(respond)).toMatchObject({ code: 'no_valid_response', effect: 'may_have_happened' })
})

test.each([
  [400, 'invalid_request', true, 'rejected'],
  [401, 'unauthenticated', false, 'misconfigured'],
  [403, 'account_suspended', false, 'misconfigured'],
  [403, 'not_enabled', false, 'misconfigured'],
  [404, 'not_found', true, 'rejected'],
  [422, 'customer_blocked', true, 'declined'],
  [422, 'insufficient_funds', true, 'declined'],
  [422, 'not_refundable', true, 'declined'],
  [422, 'account_refused', true, 'declined'],
  [429, 'too_many_requests', false, 'vendor_error'],
  [422, 'something_new', true, 'vendor_error'],
] as const)('HTTP %d %s is refused', async (status, code, final, ours) => {
  const respond = signed(status, errorBody(code, final))
  const refused = { code: ours, effect: 'refused', retry: 'next_attempt', vendor: { code } }
  expect(await errorOf(respond)).toMatchObject(refused)
  // A final refusal is also what the earlier call got or will get.
  expect(await errorOf(respond, true)).toMatchObject(final ? refused : { effect: 'may_have_happened' })
})

test('no connection: nothing was sent, unless an earlier call may have been', async () => {
  const transport: Transport = () => async () => left({ sent: false, reason: 'ECONNREFUSED' })
  expect(await callWith(transport)).toMatchObject({ left: { code: 'unreachable', effect: 'not_sent' } })
  expect(await callWith(transport, true)).toMatchObject({ left: { effect: 'may_have_happened' } })
})

test.each<readonly [string, Transport]>([
  ['a lost response', () => async () => left({ sent: true, reason: 'timeout' })],
  ['a transport that rejects', () => () => Promise.reject(new Error(secret))],
  [
    'a transport that throws',
    () => {
      throw new Error(secret)
    },
  ],
])('%s: it may have happened', async (_name, transport) => {
  const result = await callWith(transport)
  expect(result).toMatchObject({ left: { effect: 'may_have_happened' } })
  expect(JSON.stringify(result)).not.toContain(secret)
})

test('an unsigned 401 names the likely cause', async () => {
  const respond = () => ({
    status: 401,
    contentType: '',
    body: new TextEncoder().encode(errorBody('unauthenticated', false)),
  })
  expect(await errorOf(respond)).toMatchObject({ effect: 'may_have_happened', hint: expect.stringMatching(/apiKey/) })
})

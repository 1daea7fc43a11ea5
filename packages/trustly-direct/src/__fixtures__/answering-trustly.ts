import { type CallbackRequest, isLeft, right, systemRuntime, type Transport } from '@railswitch/core/provider'
import { createTrustlyClient, type TrustlyClient } from '../client/client.ts'
import type { TrustlyAccount } from '../client/call.ts'
import { merchantPair as merchant, trustlyPair as trustly } from '@railswitch/sandbox/fixtures/keys'
import { type JsonObject, type JsonValue, memberAt, parseJson } from '../wire/json-text.ts'
import { signSync, verify } from '../wire/signature.ts'
import { samples } from './published.ts'

interface AnsweringTrustly {
  readonly client: TrustlyClient
  /** Every request's body, in order. */
  readonly asked: readonly JsonObject[]
  /** A published notification, signed. */
  deliver(sample: string): CallbackRequest
}

/** A Trustly that answers with `data`, signed; data with `code` and `message` is sent as an error. */
export const play = (answer: JsonValue | ((request: JsonObject) => JsonValue)): AnsweringTrustly => {
  const asked: JsonObject[] = []
  const transport: Transport =
    ({ body }) =>
    async () => {
      const request = read(body)
      asked.push(request)
      const data = typeof answer === 'function' ? answer(request) : answer
      return right({ status: 200, contentType: 'application/json', body: envelope(request, data) })
    }
  const account: TrustlyAccount = {
    url: 'https://test.trustly.example/api/1',
    username: 'shop',
    password: 'secret',
    transport,
    runtime: systemRuntime,
    timeoutMs: 1,
    replayAfterMs: [],
    sign: async (message) => signSync(message, { key: merchant.privateKey, hash: 'sha1' }),
    signReply: (message) => signSync(message, { key: merchant.privateKey, hash: 'sha1' }),
    verify: (message, signature) => !isLeft(verify(message, signature, { keys: [trustly.publicKey] })),
    trustedKeys: [trustly.publicKey],
  }
  return { client: createTrustlyClient(account), asked, deliver }
}

/** The data of a published answer. */
export const answerOf = (name: string): JsonValue =>
  memberAt(samples.find((sample) => sample.name === name)?.parsed ?? null, 'result', 'data') ?? null

const read = (body: Uint8Array): JsonObject => {
  const request = parseJson(new TextDecoder().decode(body))
  if (isLeft(request)) throw new Error('The request is no JSON.')
  return request.right as JsonObject
}

const deliver = (sample: string): CallbackRequest => {
  const published = samples.find(({ name }) => name === sample)?.parsed ?? {}
  const { uuid, data } = published.params as { readonly uuid: string; readonly data: JsonObject }
  const signature = signSync({ method: String(published.method), uuid, data }, { key: trustly.privateKey, hash: 'sha1' })
  const params = { uuid, data, signature: isLeft(signature) ? '' : signature.right }
  return { body: new TextEncoder().encode(JSON.stringify({ ...published, params })), contentType: 'application/json', headers: {} }
}

const envelope = (request: JsonObject, data: JsonValue): Uint8Array => {
  const method = String(request.method)
  const uuid = String(memberAt(request, 'params', 'UUID'))
  const signature = signSync({ method, uuid, data }, { key: trustly.privateKey, hash: 'sha1' })
  const part = { method, uuid, data, signature: isLeft(signature) ? '' : signature.right }
  const isError = memberAt(data, 'code') !== undefined
  return new TextEncoder().encode(
    JSON.stringify({ version: '1.1', ...(isError ? { error: { error: part } } : { result: part }) }),
  )
}

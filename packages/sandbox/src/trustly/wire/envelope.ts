import { type JsonNode, type JsonObject, parseJson } from '../signing/raw-json.ts'
import type { Hash, Message, SignMessage } from '../signing/signature.ts'
import { type ErrorName, errorCodes } from './error-codes.ts'

/** A call, or the reply to a notification, as the merchant signed it. */
export interface Call {
  readonly method: string
  readonly uuid: string
  readonly signature: string
  readonly data: JsonObject
}

export interface Fault {
  readonly fault: string
}

/** Plain JSON data that the vendor sends. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonData
export interface JsonData {
  readonly [name: string]: JsonValue
}

const uuidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes and parses a body. The fault describes what is wrong with it. */
export const readJson = (body: Uint8Array): JsonNode | Fault => {
  try {
    return parseJson(strictUtf8.decode(body))
  } catch (error) {
    return { fault: error instanceof SyntaxError ? error.message : 'the body is not UTF-8' }
  }
}

/** `{method, params: {Signature, UUID, Data}, version}`: PascalCase inside `params`.
 *  @see https://docs.trustly.com/api/api-protocol */
export const readCall = (node: JsonNode): Call | Fault => {
  const params = memberOf(node, 'params')
  const method = textOf(memberOf(node, 'method'))
  const signature = textOf(memberOf(params, 'Signature'))
  const uuid = textOf(memberOf(params, 'UUID'))
  const data = memberOf(params, 'Data')
  const version = memberOf(node, 'version')
  if (!isVersion(version)) return { fault: 'version is not "1.1"' }
  if (!method || !signature) return { fault: 'method or params.Signature is missing' }
  // The vendor's own sample UUIDs have no valid version bits, so only the shape counts.
  if (!uuid || !uuidShape.test(uuid)) return { fault: 'params.UUID is not 8-4-4-4-12 hexadecimal digits' }
  if (data?.kind !== 'object') return { fault: 'params.Data is not an object' }
  return { method, uuid, signature, data }
}

/** `{result: {signature, uuid, method, data}, version}`: lower case. */
export const readAcknowledgement = (node: JsonNode): Call | Fault => {
  const result = memberOf(node, 'result')
  const method = textOf(memberOf(result, 'method'))
  const signature = textOf(memberOf(result, 'signature'))
  const uuid = textOf(memberOf(result, 'uuid'))
  const data = memberOf(result, 'data')
  if (!isVersion(memberOf(node, 'version'))) return { fault: 'version is not "1.1"' }
  if (!method || !signature || !uuid) return { fault: 'result.method, result.uuid or result.signature is missing' }
  if (data?.kind !== 'object') return { fault: 'result.data is not an object' }
  return { method, uuid, signature, data }
}

export const memberOf = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.kind === 'object' ? node.members.get(name) : undefined

export const textOf = (node: JsonNode | undefined): string | undefined =>
  node?.kind === 'string' ? node.text : undefined

// Most pages print the string; Refund's page prints the number, and the Java client sends it.
const isVersion = (node: JsonNode | undefined): boolean =>
  (node?.kind === 'string' && node.text === '1.1') || (node?.kind === 'number' && Number(node.lexeme) === 1.1)

/** The vendor's signature, and the hash for the merchant. */
export interface Signer {
  readonly sign: SignMessage
  readonly hash: Hash
}

export const resultText = (
  call: { method: string; uuid: string },
  data: JsonData | readonly JsonData[],
  signer: Signer,
): string => JSON.stringify({ version: '1.1', result: signed(call, data, signer) })

/** Only the inner part of an error is signed; the outer members repeat it. An error outside any call has null ids. */
export const errorText = (call: { method: string; uuid: string } | null, error: ErrorName, signer: Signer): string => {
  const data = { code: errorCodes[error], message: error }
  const inner = signed(call ?? { method: null, uuid: null }, data, signer)
  return JSON.stringify({ version: '1.1', error: { name: 'JSONRPCError', ...data, error: inner } })
}

export const notificationText = (call: { method: string; uuid: string }, data: JsonData, signer: Signer): string => {
  const { method, ...params } = signed(call, data, signer)
  return JSON.stringify({ method, params, version: '1.1' })
}

const signed = <Data extends JsonData | readonly JsonData[]>(
  { method, uuid }: Omit<Message, 'data'>,
  data: Data,
  { sign, hash }: Signer,
) => ({
  signature: sign({ method, uuid, data: parseJson(JSON.stringify(data)) }, hash),
  uuid,
  method,
  data,
})

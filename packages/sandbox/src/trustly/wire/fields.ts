import type { JsonNode, JsonObject } from '../signing/raw-json.ts'
import { memberOf } from './envelope.ts'
import { parseAmount, parseLooseAmount } from './formats.ts'

interface Scalar {
  readonly text?: string
  readonly absent: boolean
}

/** A call's parameters: members of `Data` and of `Data.Attributes`, which may be absent or null. */
export interface Fields {
  /** As text; empty when absent, null or not a scalar. */
  readonly data: (name: string) => string
  readonly attribute: (name: string) => string
  /** Minor units of an amount's text; undefined when it is not an amount. */
  readonly toMinor: (text: string, currency: string) => bigint | undefined
}

export const readFields = (data: JsonObject, looseAmounts: boolean): Fields => ({
  toMinor: looseAmounts ? parseLooseAmount : parseAmount,
  data: (name) => readScalar(data, name).text ?? '',
  attribute: (name) => readScalar(memberOf(data, 'Attributes'), name).text ?? '',
})

/** A member's text: strings and numbers as written; null is absent; a container has no text. */
export const readScalar = (holder: JsonNode | undefined, name: string): Scalar => {
  const node = memberOf(holder, name)
  if (!node || node.kind === 'null') return { absent: true }
  if (node.kind === 'string') return { text: node.text, absent: false }
  return node.kind === 'number' ? { text: node.lexeme, absent: false } : { absent: false }
}

/** Trustly never uses JSON booleans, and its clients disagree on how to sign them. */
export const hasBoolean = (node: JsonNode): boolean => {
  if (node.kind === 'object') return [...node.members.values()].some(hasBoolean)
  return node.kind === 'array' ? node.items.some(hasBoolean) : node.kind === 'boolean'
}

import type { JsonNode, JsonObject } from './raw-json.ts'

/** A member's text: strings and numbers as written; null is absent; a container has no text. */
export const readScalar = (holder: JsonObject, name: string): { readonly text?: string; readonly absent: boolean } => {
  const node = holder.members.get(name)
  if (!node || node.kind === 'null') return { absent: true }
  if (node.kind === 'string') return { text: node.text, absent: false }
  return node.kind === 'number' ? { text: node.lexeme, absent: false } : { absent: false }
}

/** Trustly never uses JSON booleans, and how they would be signed is disputed among its clients. */
export const hasBoolean = (node: JsonNode): boolean => {
  if (node.kind === 'object') return [...node.members.values()].some(hasBoolean)
  return node.kind === 'array' ? node.items.some(hasBoolean) : node.kind === 'boolean'
}

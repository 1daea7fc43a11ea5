import type { JsonNode, JsonObject } from './raw-json.ts'

/** The rules of the canonical form. Only `vendorRules` is correct; others exist to recognise a client's mistake. */
export interface CanonicalRules {
  readonly order: 'bytes' | 'locale' | 'caseless' | 'as written'
  readonly nulls: 'kept' | 'dropped'
  readonly arrays: 'in place' | 'sorted'
  readonly numbers: 'as written' | 'parsed'
}

export const vendorRules: CanonicalRules = { order: 'bytes', nulls: 'kept', arrays: 'in place', numbers: 'as written' }

/** The text that is signed: member names and values, names in byte order, arrays in place, null as its bare name,
 *  numbers as they were written.
 *  @see https://docs.trustly.com/api/authentication */
export const canonicalForm = (node: JsonNode, rules: CanonicalRules = vendorRules): string =>
  canonicalParts(node, rules).join('')

/** The same text in its parts: each name and each value. */
export const canonicalParts = (node: JsonNode, rules: CanonicalRules = vendorRules): readonly string[] => {
  switch (node.kind) {
    case 'object':
      return membersOf(node, rules).flatMap(([name, value]) => [name, ...canonicalParts(value, rules)])
    case 'array':
      return rules.arrays === 'sorted'
        ? node.items.map((item) => canonicalForm(item, rules)).sort()
        : node.items.flatMap((item) => canonicalParts(item, rules))
    case 'string':
      return [node.text]
    case 'number':
      return [rules.numbers === 'parsed' ? String(Number(node.lexeme)) : node.lexeme]
    case 'boolean':
      // Trustly never uses booleans, and its clients disagree on them; the parameter check refuses them.
      return [String(node.value)]
    case 'null':
      return []
    default:
      return node satisfies never
  }
}

type Member = readonly [name: string, value: JsonNode]

const membersOf = ({ members }: JsonObject, { order, nulls }: CanonicalRules): Member[] => {
  const all = [...members].filter(([, value]) => nulls === 'kept' || value.kind !== 'null')
  return order === 'as written' ? all : all.sort(([a], [b]) => compareNames[order](a, b))
}

const compareNames = {
  bytes: (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)),
  locale: (a: string, b: string) => a.localeCompare(b, 'en'),
  caseless: (a: string, b: string) => byUnits(a.toLowerCase(), b.toLowerCase()),
}

const byUnits = (a: string, b: string) => (a < b ? -1 : Number(a > b))

import type { JsonNode, JsonObject } from '../signing/raw-json.ts'
import type { TrustlySwitches } from '../state/switches.ts'
import { memberOf } from '../wire/envelope.ts'
import type { ErrorName, Refusal } from '../wire/error-codes.ts'
import { type Fields, hasBoolean, readFields, readScalar } from '../wire/fields.ts'
import { methodRules } from './method-parameters.ts'
import type { Rule } from './parameter-rules.ts'
import type { MethodRules } from './shared-parameters.ts'

/** Valid parameters, and mistakes that the vendor ignores without notice. */
interface Checked {
  readonly fields: Fields
  readonly remarks: readonly string[]
}

type Strictness = Pick<TrustlySwitches, 'looseAmounts' | 'strictAttributes' | 'parametersOf2015'>

/** Checks a call's parameters without regard to orders, accounts and balances. */
export const checkParameters = (method: string, data: JsonObject, strictness: Strictness): Checked | Refusal => {
  const rules = methodRules.get(method) ?? { data: [], attributes: [] }
  const fields = readFields(data, strictness.looseAmounts)
  const attributes = memberOf(data, 'Attributes')
  if (hasBoolean(data)) return { error: 'ERROR_INVALID_PARAMETERS', hint: 'booleans travel as "1" and "0"' }
  if (!mayBeAttributes(attributes))
    return { error: 'ERROR_INVALID_PARAMETERS', hint: 'Data.Attributes is not an object' }
  const broken = [
    ...violations(rules.data, { holder: data, fields }),
    ...violations(rules.attributes, { holder: attributes, fields }),
    ...boundViolations(fields),
  ]
  const [refusal] = strictness.parametersOf2015 ? [] : broken.filter(({ wanted }) => !wanted)
  if (refusal) return { error: refusal.error, hint: refusal.hint }
  const unknown = unknownAttributes(attributes, rules)
  if (unknown && strictness.strictAttributes) return { error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint: unknown }
  return { fields, remarks: [...broken.map(({ hint }) => hint), ...(unknown ? [unknown] : [])] }
}

// PHP writes an empty object as [].
const mayBeAttributes = (node: JsonNode | undefined): boolean =>
  node === undefined ||
  node.kind === 'null' ||
  node.kind === 'object' ||
  (node.kind === 'array' && node.items.length === 0)

interface Violation {
  readonly error: ErrorName
  readonly hint: string
  readonly wanted?: true
}
interface Place {
  readonly holder: JsonNode | undefined
  readonly fields: Fields
}

const violations = (rules: readonly Rule[], { holder, fields }: Place): Violation[] =>
  rules.flatMap(({ name, missing, wanted, malformed, accepts }): Violation[] => {
    const { text, absent } = readScalar(holder, name)
    if (absent && wanted) return [{ error: malformed, hint: `${name} is missing`, wanted }]
    if (absent) return missing ? [{ error: missing, hint: `${name} is missing` }] : []
    return text !== undefined && accepts(text, fields) ? [] : [{ error: malformed, hint: `${name} is malformed` }]
  })

const boundViolations = ({ attribute }: Fields): Violation[] => {
  const bounded = attribute('SuggestedMinAmount') !== '' || attribute('SuggestedMaxAmount') !== ''
  const fixed = ['Amount', 'SuggestedAmount'].find((name) => attribute(name) !== '')
  if (!bounded || fixed === undefined) return []
  const hint = `${fixed} excludes SuggestedMinAmount and SuggestedMaxAmount`
  return [{ error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint }]
}

/** The vendor ignores unknown attributes, so a misspelt name has no effect and no error. */
const unknownAttributes = (node: JsonNode | undefined, rules: MethodRules): string | undefined => {
  if (node?.kind !== 'object') return undefined
  const known = new Set([...rules.attributes.map(({ name }) => name), ...(rules.structures ?? [])])
  const unknown = [...node.members.keys()].filter((name) => !known.has(name))
  return unknown.length > 0 ? `unknown attributes: ${unknown.join(', ')}` : undefined
}

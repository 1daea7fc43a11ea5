import { type ObjectSchema, variableName } from '@railswitch/core'
import { payablTrustlySchema } from '@railswitch/payabl-trustly'
import { trustlyDirectSchema } from '@railswitch/trustly-direct'
import type * as z from 'zod'

export const prefix = 'RAILSWITCH_'

export type Environment = Readonly<Record<string, string | undefined>>

/** How the text of a variable becomes the value of its option: `list` is separated by commas, and `key` is not the path of a key. */
export type Reading = 'text' | 'key' | 'number' | 'flag' | 'list' | 'numbers'

/** The variable of an option, without its prefix. */
export interface OptionVariable {
  readonly option: string
  readonly variable: string
  readonly reading: Reading
}

/** `RAILSWITCH_RAILS` is not an option: it names the rails, and so the other variables. */
export const topVariables: readonly OptionVariable[] = [
  { option: 'active', variable: 'ACTIVE', reading: 'text' },
  { option: 'callbacks.url', variable: 'CALLBACK_URL', reading: 'text' },
  { option: 'callbacks.secrets', variable: 'CALLBACK_SECRETS', reading: 'list' },
  { option: 'callbacks.handlerTimeoutMs', variable: 'CALLBACK_HANDLER_TIMEOUT_MS', reading: 'number' },
  { option: 'statement', variable: 'STATEMENT', reading: 'text' },
  { option: 'crossCheck', variable: 'CROSS_CHECK', reading: 'flag' },
  { option: 'reconciled', variable: 'RECONCILED', reading: 'flag' },
  { option: 'requires', variable: 'REQUIRES', reading: 'list' },
]

/** The schema of each provider that is part of railswitch. */
export const railSchemas = { 'trustly-direct': trustlyDirectSchema, 'payabl-trustly': payablTrustlySchema }

/** `privateKey` is `PRIVATE_KEY`. No variable sets an option whose value is an object, such as `signer`. */
export const variablesOfSchema = (schema: ObjectSchema): readonly OptionVariable[] =>
  Object.entries(schema.shape).flatMap(([option, member]) => {
    const reading = /Key$/.test(option) ? 'key' : readingOf(member as z.core.$ZodType)
    return reading ? [{ option, variable: variableName(option), reading }] : []
  })

/** The parts of zod's definitions that name other schemas. */
interface Definition {
  readonly type: string
  readonly innerType?: z.core.$ZodType
  readonly element?: z.core.$ZodType
}

const readingOf = (schema: z.core.$ZodType | undefined): Reading | undefined => {
  const { type, innerType, element } = (schema?._zod.def ?? { type: 'unknown' }) as Definition
  switch (type) {
    case 'optional':
    case 'default':
      return readingOf(innerType)
    case 'number':
      return 'number'
    case 'array':
      return readingOf(element) === 'number' ? 'numbers' : 'list'
    case 'unknown':
      return undefined
    default:
      return 'text'
  }
}

/** The variables of any rail. Its provider refuses the options of others. */
export const railVariables: readonly OptionVariable[] = [
  ...new Map(
    [
      { option: 'use', variable: 'USE', reading: 'text' as const },
      ...Object.values(railSchemas).flatMap(variablesOfSchema),
    ].map((one) => [one.option, one]),
  ).values(),
]

/** Text that has no such value stays as it is: the schema reports it. */
export const valueFrom = (text: string, reading: Reading): unknown => {
  switch (reading) {
    case 'text':
    case 'key':
      return text
    case 'number':
      return /^\d+$/.test(text.trim()) ? Number(text) : text
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'list':
      return listOf(text)
    case 'numbers':
      return listOf(text).map((one) => valueFrom(one, 'number'))
    default:
      return reading satisfies never
  }
}

export const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.trim())

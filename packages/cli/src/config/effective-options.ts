import { isLeft } from '@railswitch/core'
import { describeKey } from '@railswitch/trustly-direct/diagnostics'
import { type ConfigFile, configSource } from 'railswitch'
import { keyText } from '../keys/key-text.ts'

/** One option that is effective. `value` is null for a secret. */
export interface EffectiveOption {
  readonly field: string
  readonly value: unknown
  /** What is shown instead of a secret, a key or a function. */
  readonly shown: string
  /** A variable, a file, or `default`. */
  readonly source: string
}

const defaults = { 'callbacks.handlerTimeoutMs': 10_000, crossCheck: true, reconciled: true }

const topFields = [
  'active',
  'callbacks.url',
  'callbacks.secrets',
  'callbacks.handlerTimeoutMs',
  'statement',
  'crossCheck',
  'reconciled',
  'requires',
]

/** Every other option of a rail may be a secret. */
const publicOptions = new Set([
  'use',
  'environment',
  'url',
  'username',
  'merchantId',
  'signature',
  'charset',
  'onUnencodable',
  'business',
  'timeoutMs',
  'replayAfterMs',
])
const publicKeys = new Set(['publicKey', 'registeredPublicKey'])

/** Everything that is set, and the defaults of what is not, without secrets. */
export const effectiveOptions = (config: ConfigFile): readonly EffectiveOption[] => [
  ...topFields.flatMap((field) => {
    const value = valueAt(config, field) ?? (defaults as Record<string, unknown>)[field]
    return value === undefined ? [] : [toOption(config, field, value)]
  }),
  ...Object.entries(Object(config.providers) as Record<string, unknown>).flatMap(([rail, options]) =>
    Object.entries(Object(options)).map(([option, value]) => toOption(config, `providers.${rail}.${option}`, value)),
  ),
]

const toOption = (config: ConfigFile, field: string, value: unknown): EffectiveOption => {
  const source = configSource(config, field)
  const shared = {
    field,
    source: source === null ? 'default' : 'variable' in source ? source.variable : source.file,
  }
  const option = field.split('.').at(-1) ?? ''
  if (field === 'callbacks.secrets')
    return { ...shared, value: null, shown: count(Array.isArray(value) ? value.length : 0, 'secret') }
  if (publicKeys.has(option) || option === 'privateKey') return { ...shared, value: null, shown: shownKey(value) }
  if (field.startsWith('providers.') && !publicOptions.has(option)) return { ...shared, value: null, shown: '(secret)' }
  if (typeof value === 'function' || (typeof value === 'object' && value !== null && !Array.isArray(value)))
    return { ...shared, value: null, shown: option === 'use' ? String(Object(value).use) : '(code)' }
  const masked = withoutPassword(value)
  return { ...shared, value: masked, shown: Array.isArray(masked) ? masked.join(', ') : String(masked) }
}

const count = (number: number, what: string): string => `(${number} ${what}${number === 1 ? '' : 's'})`

/** The fingerprint of a key that is given as text or as a file. */
const shownKey = (value: unknown): string => {
  const keys = (Array.isArray(value) ? value : [value]).map((one) => {
    const text = typeof one === 'string' ? one : ''
    const key = describeKey(keyText(text))
    if (isLeft(key)) return key.left.code === 'passphrase_missing' ? '(encrypted key)' : '(no readable key)'
    const { bits, fingerprint, published } = key.right
    return `RSA ${bits} ${published ?? fingerprint.slice(0, 16)}`
  })
  return keys.join(', ')
}

const withoutPassword = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^(\w+:\/\/)[^/@\s]*@/, '$1***@') : value

const valueAt = (config: unknown, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => Object(value)[name], config)

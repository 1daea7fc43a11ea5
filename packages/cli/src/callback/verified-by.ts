import { isLeft } from '@railswitch/core'
import { diagnoseCallback } from '@railswitch/payabl-trustly/diagnostics'
import { trustlyPublicKeys } from '@railswitch/trustly-direct'
import { describeKey, diagnoseSignature } from '@railswitch/trustly-direct/diagnostics'
import { keyText } from '../keys/key-text.ts'

/** Which key or secret of a rail verifies a callback. Contains neither. */
export interface SignatureFinding {
  readonly verified: boolean
  /** The name of the key or the place of the secret; null unless it verifies with one of them. */
  readonly key: string | null
  /** What is wrong with a signature that does not verify, with the fix where there is one. */
  readonly mistakes: readonly string[]
}

/** The options of a rail that name the keys of the vendor. */
interface RailKeys {
  readonly environment?: unknown
  readonly publicKey?: unknown
  readonly secret?: unknown
}

/** `options`: null without a configuration, so that only published keys can be tried. */
export const verifiedBy = (provider: string, options: RailKeys | null, body: Uint8Array): SignatureFinding | null => {
  if (provider === 'trustly-direct') return byTrustlyKeys(trustlyKeys(options), body)
  if (provider === 'payabl-trustly' && options) return byPayablSecrets(textsIn(options.secret), body)
  return null
}

const textsIn = (option: unknown): readonly string[] =>
  [option].flat().filter((one): one is string => typeof one === 'string')

const trustlyKeys = (options: RailKeys | null): readonly string[] => {
  const configured = textsIn(options?.publicKey).map(keyText)
  if (configured.length > 0) return configured
  const { test, live } = trustlyPublicKeys
  if (options?.environment === 'live') return [live]
  return options?.environment === 'test' ? [test] : [test, live]
}

const byTrustlyKeys = (keys: readonly string[], body: Uint8Array): SignatureFinding => {
  const used = keys.find((key) => {
    const made = diagnoseSignature(body, [key])
    return !isLeft(made) && made.right.verified
  })
  if (used !== undefined) return { verified: true, key: keyName(used), mistakes: [] }
  const made = diagnoseSignature(body, keys)
  const found = isLeft(made) ? [{ rule: `the message ${made.left.rule}`, fix: made.left.fix }] : made.right.mistakes
  return { verified: false, key: null, mistakes: found.map(({ rule, fix }) => `${rule}: ${fix}`) }
}

const keyName = (text: string): string => {
  const key = describeKey(text)
  if (isLeft(key)) return 'a configured key'
  const { published, fingerprint } = key.right
  if (published === 'trustly:test') return "Trustly's key of test"
  return published === 'trustly:live' ? "Trustly's key of live" : `the key ${fingerprint.slice(0, 16)}…`
}

const byPayablSecrets = (secrets: readonly string[], body: Uint8Array): SignatureFinding => {
  const isGenuine = (some: readonly string[]): boolean => {
    const made = diagnoseCallback(body, some)
    return !isLeft(made) && made.right.genuine
  }
  const place = secrets.findIndex((secret) => isGenuine([secret]))
  if (place >= 0) {
    const key = secrets.length === 1 ? 'the secret of the rail' : `secret ${place + 1} of ${secrets.length}`
    return { verified: true, key, mistakes: [] }
  }
  const made = diagnoseCallback(body, secrets)
  const mistake = isLeft(made) ? 'The body is no form.' : made.right.mistake
  return { verified: false, key: null, mistakes: mistake === null ? [] : [mistake] }
}

import { generateKeyPairSync, sign } from 'node:crypto'
import { isLeft } from '@railswitch/core'
import { describeKey } from '@railswitch/trustly-direct/diagnostics'
import { type ConfigFile, configSource } from 'railswitch'
import type { RailSummary } from '../config/check-config.ts'
import { keyText } from '../keys/key-text.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** What can be found without a network and without the store. */
export const offlineFindings = (config: ConfigFile, rails: readonly RailSummary[]): readonly Finding[] => [
  ...keyFindings(config, rails),
  ...environmentFindings(rails),
  ...(rails.some(({ provider }) => provider === 'trustly-direct') ? [opensslFinding()] : []),
]

const keyFindings = ({ providers }: ConfigFile, rails: readonly RailSummary[]): readonly Finding[] =>
  rails
    .filter(({ provider }) => provider === 'trustly-direct')
    .flatMap(({ name, environment }) => {
      const { privateKey, passphrase } = Object(providers[name])
      if (typeof privateKey !== 'string') return [ok('keys', `${name}: a signer has the private key`)]
      const key = describeKey(keyText(privateKey), passphrase)
      // The configuration check has the mistake already.
      if (isLeft(key)) return []
      const { bits, fingerprint, published } = key.right
      if (published !== null && environment !== 'local')
        return [
          problem(
            'keys',
            `${name}: the private key is published, so anybody can sign with it`,
            'make a pair with railswitch keys generate, and send Trustly its public key',
          ),
        ]
      return [ok('keys', `${name}: RSA ${bits}. Trustly must have the public key ${fingerprint}`)]
    })

const environmentFindings = (rails: readonly RailSummary[]): readonly Finding[] => {
  const environments = [...new Set(rails.map(({ environment }) => environment))]
  if (environments.length > 1 && environments.includes('live'))
    return [
      problem(
        'environments',
        `live and other rails are mixed: ${rails.map(({ name, environment }) => `${name} is ${environment}`).join(', ')}`,
        'give each environment a configuration and a store of its own',
      ),
    ]
  return environments.length > 1
    ? [
        warning(
          'environments',
          `the rails are of several environments: ${environments.join(', ')}`,
          'use one environment at a time',
        ),
      ]
    : environments.map((environment) => ok('environments', `all rails are ${environment}`))
}

const opensslFinding = (): Finding => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  try {
    sign('sha1', Buffer.from('x'), privateKey)
    return ok('openssl', 'OpenSSL on this host signs with SHA-1, as Trustly documents')
  } catch {
    return warning(
      'openssl',
      'OpenSSL on this host refuses SHA-1, so a slower implementation in JavaScript is used',
      "set the option signature: 'rs256' if Trustly agrees, or allow SHA-1 in OpenSSL's policy",
    )
  }
}

/** The variable of the address for callbacks, or the option. */
export const callbackUrlName = (config: ConfigFile): string => {
  const source = configSource(config, 'callbacks.url')
  return source && 'variable' in source ? source.variable : 'callbacks.url'
}

export const callbackFindings = (config: ConfigFile, rails: readonly RailSummary[]): readonly Finding[] => {
  const url = String(config.callbacks?.url ?? '')
  if (!URL.canParse(url)) return []
  const { hostname } = new URL(url)
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\]|10\..*|192\.168\..*|.*\.local)$/.test(hostname)
  const far = rails.filter(({ environment }) => environment !== 'local').map(({ name }) => name)
  return isHere && far.length > 0
    ? [
        problem(
          'callbacks',
          `${hostname} is not a public address, so the vendors of ${far.join(', ')} cannot reach it`,
          `set ${callbackUrlName(config)} to a public https address, or use a tunnel`,
        ),
      ]
    : [ok('callbacks', `the vendors send them to ${url}/<rail>/<token>`)]
}

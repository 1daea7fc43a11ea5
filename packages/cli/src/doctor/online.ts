import { doctorProbe } from '@railswitch/callbacks'
import { isLeft, type PaymentError } from '@railswitch/core'
import type { PayablClient } from '@railswitch/payabl-trustly'
import type { TrustlyClient } from '@railswitch/trustly-direct'
import type { ConfigFile } from 'railswitch'
import { railProviders } from '../application/rail-providers.ts'
import type { RailSummary } from '../config/check-config.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { callbackUrlName } from './offline.ts'

const timeoutMs = 10_000

/** What only the network can show: the vendors' clocks, their response to a call that changes nothing, and the callbacks. */
export const onlineFindings = async (
  config: ConfigFile,
  rails: readonly RailSummary[],
): Promise<readonly Finding[]> => {
  const providers = railProviders(config)
  const perRail = rails.map(async ({ name }) => {
    const provider = providers.get(name)
    const { url } = Object(config.providers[name])
    return [
      ...(typeof url === 'string' ? await clockFindings(name, url) : []),
      ...(provider ? await vendorFindings(name, provider.id, provider.native) : []),
      await mountFinding(config, name),
    ]
  })
  return (await Promise.all(perRail)).flat()
}

const clockFindings = async (rail: string, url: string): Promise<readonly Finding[]> => {
  const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) }).catch(() => null)
  const date = Date.parse(response?.headers.get('date') ?? '')
  if (Number.isNaN(date)) return []
  const seconds = Math.round((Date.now() - date) / 1000)
  return Math.abs(seconds) <= 60
    ? [ok('clock', `differs from the clock of ${rail} by less than a minute`)]
    : [
        problem(
          'clock',
          `differs from the clock of ${rail} by ${seconds} seconds`,
          'synchronise the clock of this machine (NTP)',
        ),
      ]
}

const vendorFindings = async (rail: string, provider: string, native: unknown): Promise<readonly Finding[]> => {
  const signal = AbortSignal.timeout(timeoutMs)
  if (provider === 'trustly-direct') {
    const result = await (native as TrustlyClient).balance({}, { signal })()
    return [vendorFinding(rail, isLeft(result) ? result.left : null)]
  }
  if (provider === 'payabl-trustly') {
    // A transaction that does not exist: the result is empty.
    const result = await (native as PayablClient).diagnose({ type: 'tx', transactionid: '1' }, signal)()
    return [vendorFinding(rail, isLeft(result) ? result.left : null)]
  }
  return []
}

/** A refusal of this harmless call for another reason still shows that the vendor knows the account and the key. */
const vendorFinding = (rail: string, error: PaymentError | null): Finding => {
  if (error === null) return ok('vendor', `${rail} accepts our signature and our credentials`)
  const vendorCode = error.vendor === undefined ? '' : ` (${error.vendor.code})`
  if (error.code === 'misconfigured')
    return problem('vendor', `${rail} refuses the account${vendorCode}: ${error.message}`, error.hint)
  return error.code === 'unreachable' || error.code === 'no_valid_response'
    ? problem('vendor', `${rail}: ${error.message}`, error.hint)
    : warning('vendor', `${rail} refuses this call${vendorCode}: ${error.message}`, error.hint)
}

/** An empty callback is refused by railswitch with 400: then the callbacks are mounted. */
const mountFinding = async (config: ConfigFile, rail: string): Promise<Finding> => {
  const { url } = config.callbacks
  const address = `${url.replace(/\/+$/, '')}/${rail}/doctor`
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: doctorProbe,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null)
  if (response === null)
    return problem(
      'callbacks',
      `${url} does not respond`,
      `start the application, or correct ${callbackUrlName(config)}`,
    )
  if (response.status === 400)
    return ok('callbacks', `${url}/${rail} responds as railswitch does: it refuses a callback without a signature`)
  const [meaning, fix] = meaningOf(response.status)
  return problem(
    'callbacks',
    `${url} responds with HTTP ${response.status}${meaning}; railswitch responds with 400 to a callback without a signature`,
    fix,
  )
}

/** What a status that is not that of railswitch says, and the fix. */
const meaningOf = (status: number): readonly [meaning: string, fix: string] => {
  if (status === 502 || status === 504)
    return [
      ', so a proxy responds that does not reach the application',
      'start the application, or correct the address to which the proxy forwards',
    ]
  if (status === 503)
    return [
      ', so the application, or a proxy before it, is not ready',
      'start the application, or wait until it has started',
    ]
  if (status >= 300 && status < 400)
    return [', which vendors do not follow', 'use the address to which it redirects, such as that with https']
  if (status === 401 || status === 403)
    return [
      ', so something asks for a log-in',
      'let callbacks through without one: their signatures prove who sends them',
    ]
  return ['', 'mount payments.callbacks at this path, before every body parser']
}

import type { Issue } from '@railswitch/core'
import type { PaymentsConfig } from './payments-config.ts'

/** Whether a rail that is part of railswitch has this environment. */
export const hasEnvironment = <Tx>({ providers }: Partial<PaymentsConfig<Tx>>, environment: 'test' | 'live'): boolean =>
  Object.values(providers ?? {}).some(
    (rail) => (rail as { readonly environment?: unknown } | null)?.environment === environment,
  )

/** Whether only this machine can reach the address. */
export const isLoopback = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const host = new URL(url).hostname.replace(/\.$/, '')
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(
    host,
  )
}

/** Vendors send callbacks to `test` and `live` rails over the internet. */
export const callbackUrlIssues = <Tx>(config: PaymentsConfig<Tx>): readonly Issue[] => {
  const url: unknown = config.callbacks?.url
  if (typeof url !== 'string') return []
  const field = 'callbacks.url'
  const isLive = hasEnvironment(config, 'live')
  if (!url.startsWith('https:') && (isLive || hasEnvironment(config, 'test')))
    return [{ field, rule: 'must be https unless every rail is local', fix: 'write an https address' }]
  return isLive && isLoopback(url)
    ? [{ field, rule: 'is an address of this machine, which no vendor can reach', fix: 'write your public address' }]
    : []
}

import { type NativeClients, railMissing, unsupported } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { railFix } from '../config/rail-issues.ts'

/** Throws `rail_missing`, or `unsupported` if the rail has another provider. */
export const nativeClient = <Tx, P extends keyof NativeClients>(
  { rails }: ReadyConfig<Tx>,
  rail: string,
  use: P,
): NativeClients[P] => {
  const provider = rails.get(rail)
  if (!provider) {
    const name = typeof rail === 'string' ? rail : typeof rail
    throw railMissing(name, `Pass a configured rail: ${railFix(name, [...rails.keys()])}.`)
  }
  if (provider.id === use && provider.native) return provider.native as NativeClients[P]
  throw unsupported({
    message: `Rail ${rail} is ${provider.id}, not ${typeof use === 'string' ? use : typeof use}.`,
    hint: 'Pass a configured rail and the provider that it uses.',
    retry: 'never',
  })
}

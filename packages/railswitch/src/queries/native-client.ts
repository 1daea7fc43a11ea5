import { type NativeClients, PaymentError } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

export const nativeOf = <Tx, P extends keyof NativeClients>(
  { rails }: ReadyConfig<Tx>,
  rail: string,
  use: P,
): NativeClients[P] => {
  const provider = rails.get(rail)
  if (provider?.id === use && provider.native) return provider.native as NativeClients[P]
  throw new PaymentError({
    code: provider ? 'unsupported' : 'rail_missing',
    effect: 'not_sent',
    again: 'never',
    message: provider ? `Rail ${rail} is ${provider.id}, not ${use}.` : `Rail ${rail} is not configured.`,
    hint: 'Name a configured rail and the provider behind it.',
  })
}

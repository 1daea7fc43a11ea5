import type { Capabilities } from '@railswitch/core'

export const capabilities: Capabilities = {
  deposit: { yes: true },
  refund: { yes: true },
  'refund.partial': { yes: true },
}

import type { Capability } from './capability.ts'
import type { Operation } from './provider.ts'

/** The capabilities that an operation can have: it is supported if one of them is. */
export const operationCapabilities: Readonly<Record<Operation, readonly [Capability, ...Capability[]]>> = {
  deposit: ['deposit'],
  refund: ['refund'],
  payout: ['payout.toDepositor', 'payout.toAccount'],
  withdrawal: ['withdrawal'],
  account: ['account'],
  charge: ['charge'],
  mandate: ['mandate'],
  importMandate: ['mandate.import'],
}

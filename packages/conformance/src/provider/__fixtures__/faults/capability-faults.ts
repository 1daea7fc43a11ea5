import { type Capability, capabilityNames, left, right } from '@railswitch/core'
import { type Fault, onOperation, onProvider, refusal, without } from './fault.ts'

type Name = Parameters<typeof onOperation>[0][number]

const operations: Readonly<Partial<Record<Capability, Name>>> = {
  deposit: 'deposit',
  refund: 'refund',
  'refund.partial': 'refund',
  'payout.toDepositor': 'payout',
  'payout.toAccount': 'payout',
  withdrawal: 'withdrawal',
  account: 'account',
  'account.mandate': 'account',
  charge: 'charge',
  mandate: 'mandate',
  'mandate.import': 'importMandate',
}

/** The operation of the capability always fails. */
const broken = (capability: Capability): Fault => {
  const operation = operations[capability]
  if (operation) return onOperation([operation], async () => left(refusal('refused')))
  if (capability === 'kyc') return without('kyc.received')
  return onProvider(({ reconciliation }) =>
    reconciliation
      ? { reconciliation: { ...reconciliation, list: () => async () => right({ bookings: [], failed: [] }) } }
      : {},
  )
}

const withReason = (capability: Capability, why: string): Fault =>
  onProvider(({ capabilities }) => ({ capabilities: { ...capabilities, [capability]: { yes: false, why } } }))

export const capabilityFaults: Readonly<Record<string, Fault>> = {
  'CAP-001': withReason('kyc', ''),
  'CAP-002': onProvider(({ operations: { refund: _none, ...others } }) => ({ operations: others })),
  'CAP-003': onProvider(({ requirements }) => ({
    requirements: (operation, market) => ({ ...requirements?.(operation, market), fields: [], refused: 'unsupported' }),
  })),
  ...Object.fromEntries(capabilityNames.map((capability, index) => [`CAP-${101 + index}`, broken(capability)])),
  ...Object.fromEntries(capabilityNames.map((capability, index) => [`CAP-${201 + index}`, withReason(capability, 'no')])),
}

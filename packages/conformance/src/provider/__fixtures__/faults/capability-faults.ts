import { type Capability, capabilityNames, left, parsePaymentRef, right } from '@railswitch/core'
import type { PaymentRecord } from '@railswitch/core/provider'
import {
  type Fault,
  hasCents,
  type Input,
  isToDepositor,
  isWhole,
  onOperation,
  onProvider,
  onResponse,
  refusal,
  without,
} from './fault.ts'

type Name = Parameters<typeof onOperation>[0][number]

const operations: Readonly<Partial<Record<Capability, Name>>> = {
  refund: 'refund',
  'refund.partial': 'refund',
  'payout.toDepositor': 'payout',
  'payout.toAccount': 'payout',
  withdrawal: 'withdrawal',
  account: 'account',
  'account.mandate': 'account',
  charge: 'charge',
  'mandate.import': 'importMandate',
}

/** The inputs of a capability that shares its operation with another one. */
const parts: Readonly<Partial<Record<Capability, (input: Input, record: PaymentRecord) => boolean>>> = {
  refund: isWhole,
  'refund.partial': (input, record) => !isWhole(input, record) && hasCents(input.amount),
  'payout.toDepositor': isToDepositor,
  charge: (_input, { intents: [first] }) => parsePaymentRef(first?.intent.account ?? '')?.kind !== 'mandate',
  'payout.toAccount': (input) => !isToDepositor(input) && hasCents(input.amount),
}

/** The operation of the capability always fails. */
const broken = (capability: Capability): Fault => {
  if (capability === 'deposit')
    return onResponse(['deposit'], ({ result }) => ({ result: { ...result, redirectUrl: 'bank-app:pay' } }))
  if (capability === 'mandate') return onProvider(() => ({ cancelMandate: () => async () => left(refusal('refused')) }))
  const operation = operations[capability]
  const isMeant = parts[capability] ?? (() => true)
  if (operation)
    return onOperation([operation], async (run, input, { record }) =>
      isMeant(input, record) ? left(refusal('refused')) : run(),
    )
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
  'CAP-002': onProvider(({ operations: { importMandate: _none, ...others } }) => ({ operations: others })),
  'CAP-003': onProvider(({ requirements }) => ({
    requirements: (operation, market) => ({ ...requirements?.(operation, market), fields: [], refused: 'unsupported' }),
  })),
  ...Object.fromEntries(capabilityNames.map((capability, index) => [`CAP-${101 + index}`, broken(capability)])),
  ...Object.fromEntries(capabilityNames.map((capability, index) => [`CAP-${201 + index}`, withReason(capability, 'no')])),
}

import type { Behaviour } from './behaviour.ts'
import { acknowledgementBehaviours } from './groups/acknowledgements.ts'
import { callBehaviours } from './groups/calls.ts'
import { capabilityBehaviours } from './groups/capabilities.ts'
import { chargeBehaviours } from './groups/charges.ts'
import { concurrencyBehaviours } from './groups/concurrency.ts'
import { configurationBehaviours } from './groups/configuration.ts'
import { deliveredCallbackBehaviours } from './groups/delivered-callbacks.ts'
import { depositBehaviours } from './groups/deposits.ts'
import { forgedCallbackBehaviours } from './groups/forged-callbacks.ts'
import { lookUpBehaviours } from './groups/look-ups.ts'
import { mandateBehaviours } from './groups/mandates.ts'
import { meaningBehaviours } from './groups/meaning.ts'
import { moneyBehaviours } from './groups/money.ts'
import { payoutBehaviours } from './groups/payouts.ts'
import { readCallbackBehaviours } from './groups/read-callbacks.ts'
import { redactionBehaviours } from './groups/redaction.ts'
import { referenceBehaviours } from './groups/references.ts'
import { refundBehaviours } from './groups/refunds.ts'

/** Changes when a behaviour is added, removed or made stricter. */
export const suiteVersion = '3'

/** Behaviours that belong together. */
export interface BehaviourGroup {
  readonly name: string
  readonly behaviours: readonly Behaviour[]
}

/** In the order of their ids. */
const callbackBehaviours = [
  ...deliveredCallbackBehaviours,
  ...forgedCallbackBehaviours,
  ...readCallbackBehaviours,
].sort((a, b) => (a.id < b.id ? -1 : 1))

export const groups: readonly BehaviourGroup[] = [
  { name: 'Capabilities', behaviours: capabilityBehaviours },
  { name: 'Calls', behaviours: callBehaviours },
  { name: 'Deposits', behaviours: depositBehaviours },
  { name: 'Refunds', behaviours: refundBehaviours },
  { name: 'Payouts', behaviours: payoutBehaviours },
  { name: 'Mandates', behaviours: mandateBehaviours },
  { name: 'Charges of a mandate', behaviours: chargeBehaviours },
  { name: 'Look-ups', behaviours: lookUpBehaviours },
  { name: 'Callbacks', behaviours: callbackBehaviours },
  { name: 'Configuration', behaviours: configurationBehaviours },
  { name: 'Money', behaviours: moneyBehaviours },
  { name: 'References', behaviours: referenceBehaviours },
  { name: 'Redaction', behaviours: redactionBehaviours },
  { name: 'Meaning of reports', behaviours: meaningBehaviours },
  { name: 'Concurrency', behaviours: concurrencyBehaviours },
  { name: 'Acknowledgements', behaviours: acknowledgementBehaviours },
]

export const behaviours: readonly Behaviour[] = groups.flatMap((group) => group.behaviours)

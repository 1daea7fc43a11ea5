import type { Behaviour } from './behaviour.ts'
import { acknowledgementBehaviours } from './groups/acknowledgements.ts'
import { callbackBehaviours } from './groups/callbacks.ts'
import { callBehaviours } from './groups/calls.ts'
import { capabilityBehaviours } from './groups/capabilities.ts'
import { depositBehaviours } from './groups/deposits.ts'
import { lookUpBehaviours } from './groups/look-ups.ts'
import { payoutBehaviours } from './groups/payouts.ts'
import { refundBehaviours } from './groups/refunds.ts'

/** Changes when a behaviour is added, removed or made stricter. */
export const suiteVersion = '1'

/** Behaviours that belong together. */
export interface BehaviourGroup {
  readonly name: string
  readonly behaviours: readonly Behaviour[]
}

export const groups: readonly BehaviourGroup[] = [
  { name: 'Capabilities', behaviours: capabilityBehaviours },
  { name: 'Calls', behaviours: callBehaviours },
  { name: 'Deposits', behaviours: depositBehaviours },
  { name: 'Refunds', behaviours: refundBehaviours },
  { name: 'Payouts', behaviours: payoutBehaviours },
  { name: 'Look-ups', behaviours: lookUpBehaviours },
  { name: 'Callbacks', behaviours: callbackBehaviours },
  { name: 'Acknowledgements', behaviours: acknowledgementBehaviours },
]

export const behaviours: readonly Behaviour[] = groups.flatMap((group) => group.behaviours)

import type { Behaviour } from './behaviour.ts'
import { acknowledgementBehaviours } from './groups/acknowledgements.ts'
import { cancelledMandateBehaviours } from './groups/cancelled-mandates.ts'
import { capabilityBehaviours } from './groups/capabilities.ts'
import { chargeRefundBehaviours } from './groups/charge-refunds.ts'
import { chargeBehaviours } from './groups/charges.ts'
import { concurrencyBehaviours } from './groups/concurrency.ts'
import { configurationBehaviours } from './groups/configuration.ts'
import { deliveredCallbackBehaviours } from './groups/delivered-callbacks.ts'
import { depositBehaviours } from './groups/deposits.ts'
import { endedCallBehaviours } from './groups/ended-calls.ts'
import { forgedCallbackBehaviours } from './groups/forged-callbacks.ts'
import { forgedMandateBehaviours } from './groups/forged-mandates.ts'
import { lookUpBehaviours } from './groups/look-ups.ts'
import { mandateBehaviours } from './groups/mandates.ts'
import { meaningBehaviours } from './groups/meaning.ts'
import { moneyBehaviours } from './groups/money.ts'
import { openedMandateBehaviours } from './groups/opened-mandates.ts'
import { orderBehaviours } from './groups/opened-orders.ts'
import { payoutBehaviours } from './groups/payouts.ts'
import { readCallbackBehaviours } from './groups/read-callbacks.ts'
import { redactionBehaviours } from './groups/redaction.ts'
import { referenceBehaviours } from './groups/references.ts'
import { refundBehaviours } from './groups/refunds.ts'
import { reportedRefundBehaviours } from './groups/reported-refunds.ts'
import { requirementBehaviours } from './groups/requirements.ts'
import { unansweredCallBehaviours } from './groups/unanswered-calls.ts'
import { unansweredChargeBehaviours } from './groups/unanswered-charges.ts'
import { unansweredRefundBehaviours } from './groups/unanswered-refunds.ts'

/** Changes when a behaviour is added, removed or made stricter. */
export const suiteVersion = '4'

/** Behaviours that belong together. */
export interface BehaviourGroup {
  readonly name: string
  readonly behaviours: readonly Behaviour[]
}

const inOrder = (...parts: readonly (readonly Behaviour[])[]): readonly Behaviour[] =>
  parts.flat().sort((a, b) => (a.id < b.id ? -1 : 1))

const callBehaviours = inOrder(orderBehaviours, unansweredCallBehaviours, endedCallBehaviours, requirementBehaviours)
const refundGroup = inOrder(refundBehaviours, unansweredRefundBehaviours, reportedRefundBehaviours)
const mandateGroup = inOrder(
  mandateBehaviours,
  cancelledMandateBehaviours,
  openedMandateBehaviours,
  forgedMandateBehaviours,
)
const chargeGroup = inOrder(chargeBehaviours, unansweredChargeBehaviours, chargeRefundBehaviours)
const callbackBehaviours = inOrder(deliveredCallbackBehaviours, forgedCallbackBehaviours, readCallbackBehaviours)

export const groups: readonly BehaviourGroup[] = [
  { name: 'Capabilities', behaviours: capabilityBehaviours },
  { name: 'Calls', behaviours: callBehaviours },
  { name: 'Deposits', behaviours: depositBehaviours },
  { name: 'Refunds', behaviours: refundGroup },
  { name: 'Payouts', behaviours: payoutBehaviours },
  { name: 'Mandates', behaviours: mandateGroup },
  { name: 'Charges of a mandate', behaviours: chargeGroup },
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

import type { Clock } from '../platform/clock.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { type CallbackPlan, plainPlan, planCallback } from './callback-plan.ts'
import { changeResponse } from './change-response.ts'
import type { Chaos } from './chaos.ts'
import type { VendorId } from './chaos-kinds.ts'
import { type ChaosTarget, ifPossible } from './chaos-target.ts'
import { createFaults, type Faults } from './faults.ts'
import type { WireVariants } from './wire-variants.ts'

/** Chaos as it applies to one vendor. */
export interface VendorChaos {
  readonly faults: Faults
  /** Decides what happens to the response of a call that was executed. */
  readonly onCall: (method: string | null) => {
    readonly dropped: boolean
    readonly change: (response: HttpResponse) => Promise<HttpResponse>
  }
  /** The body is read only if there are rules: reading it for the first time may sign it. */
  readonly onCallback: (delivery: { readonly body: string }) => CallbackPlan
  /** The bank takes the money of a payment back, if there is any. */
  readonly chargeBack: (subject: string) => void
}

interface Dependencies {
  readonly vendor: VendorId
  readonly chaos: Chaos
  readonly clock: Clock
  readonly variants: WireVariants
  readonly target: ChaosTarget
}

export const createVendorChaos = ({ vendor, chaos, clock, variants, target }: Dependencies): VendorChaos => {
  const faults = createFaults()
  return {
    faults: faults.api,
    onCall: (method) => {
      const rules = chaos.apply({ vendor, on: 'call', method })
      const dropped = faults.takesAnswer(method) || rules.some((rule) => rule.do === 'drop')
      const change = (response: HttpResponse) =>
        changeResponse(response, { rules, dropped, chaos, variants, clock, target })
      return { dropped, change }
    },
    onCallback: (delivery) => {
      if (chaos.isEmpty()) return plainPlan
      const { body } = delivery
      const rules = chaos.apply({ vendor, on: 'callback', method: variants.methodOf(body) })
      return planCallback(body, { rules, chaos, variants, target })
    },
    chargeBack: (subject) => ifPossible(() => target.chargeBack(subject)),
  }
}

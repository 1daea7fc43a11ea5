import type { Clock } from '../platform/clock.ts'
import type { HttpAnswer } from '../platform/http-server.ts'
import { type CallbackCourse, courseOf } from './callback-plan.ts'
import { changeAnswer } from './change-response.ts'
import type { Chaos } from './chaos.ts'
import type { VendorId } from './chaos-kinds.ts'
import { ifPossible, type World } from './chaos-target.ts'
import { createFaults, type Faults } from './faults.ts'
import type { Dialect } from './wire-variants.ts'

/** Where chaos meets one vendor. */
export type Interference = {
  readonly faults: Faults
  /** What happens to the answer of a call that was executed. */
  readonly meetCall: (method: string | null) => {
    readonly dropped: boolean
    readonly change: (answer: HttpAnswer) => Promise<HttpAnswer>
  }
  readonly meetCallback: (body: string) => CallbackCourse
  /** The bank takes the money of a payment back, if any is there. */
  readonly takeBack: (subject: string) => void
}

type Setting = {
  readonly vendor: VendorId
  readonly chaos: Chaos
  readonly clock: Clock
  readonly dialect: Dialect
  readonly world: World
}

export const createInterference = ({ vendor, chaos, clock, dialect, world }: Setting): Interference => {
  const faults = createFaults()
  return {
    faults: faults.api,
    meetCall: (method) => {
      const rules = chaos.strike({ vendor, on: 'call', method })
      const dropped = faults.takesAnswer(method) || rules.some((rule) => rule.do === 'drop')
      return { dropped, change: (answer) => changeAnswer(answer, { rules, dropped, chaos, dialect, clock, world }) }
    },
    meetCallback: (body) => {
      const rules = chaos.strike({ vendor, on: 'callback', method: dialect.methodOf(body) })
      return courseOf(body, { rules, chaos, dialect, world })
    },
    takeBack: (subject) => ifPossible(() => world.takeBack(subject)),
  }
}

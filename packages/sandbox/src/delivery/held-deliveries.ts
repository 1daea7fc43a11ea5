import type { Delivery } from './delivery.ts'

/** What is held. */
export interface Holds {
  readonly all: boolean
  readonly subjects: readonly string[]
}

/** Deliveries that wait for their release. */
export const createHeldDeliveries = () => {
  const everything = Symbol('every subject')
  const holds = new Set<string | symbol>()
  const held = new Map<Delivery, () => void>()
  const isHeld = ({ subject }: Delivery) => holds.has(everything) || holds.has(subject)
  return {
    /** Holds the delivery if its subject is held; `resume` runs at the release. Gives whether it is held. */
    hold: (delivery: Delivery, resume: () => void): boolean => {
      delivery.held = isHeld(delivery)
      if (delivery.held) held.set(delivery, resume)
      return delivery.held
    },
    holdSubject: (subject: string | symbol = everything) => {
      holds.add(subject)
    },
    /** Whether everything is held, and the subjects that are. */
    holds: (): Holds => ({
      all: holds.has(everything),
      subjects: [...holds].filter((subject) => typeof subject === 'string'),
    }),
    state: (subject?: string) => ({
      all: holds.has(subject ?? everything),
      waiting: [...held.keys()].filter((delivery) => subject === undefined || delivery.subject === subject).length,
    }),
    release: (subject?: string) => {
      if (subject === undefined) holds.clear()
      else holds.delete(subject)
      for (const [delivery, resume] of held) {
        if (isHeld(delivery)) continue
        held.delete(delivery)
        delivery.held = false
        resume()
      }
    },
  }
}

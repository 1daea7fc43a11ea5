/** A step of a customer at the checkout. */
export interface Step {
  readonly at: Date
  readonly what: string
}

/** What customers did at the checkout, per order. */
export interface Activity<Order extends object> {
  readonly note: (order: Order, what: string) => void
  readonly of: (order: Order) => readonly Step[]
}

// A customer who reloads a page forever must not fill the memory.
const longest = 50

export const createActivity = <Order extends object>(now: () => Date): Activity<Order> => {
  const steps = new WeakMap<Order, Step[]>()
  return {
    note: (order, what) => {
      const known = steps.get(order) ?? []
      if (known.length < longest) steps.set(order, [...known, { at: now(), what }])
    },
    of: (order) => steps.get(order) ?? [],
  }
}

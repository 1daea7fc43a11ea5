import type { Clock } from '../clock.ts'
import type { LifeCycle } from './life-cycle.ts'
import type { Order } from './order.ts'

/** "Valid 10-30 minutes of inactivity": then an order whose customer did nothing is cancelled. */
export type Expiry = {
  /** Cancels the order when its time comes, whether or not anybody looks. */
  readonly watch: (order: Order) => void
  /** The customer is on the page: cancels the order if that is too late. */
  readonly touch: (order: Order) => void
}

const patienceMs = 30 * 60 * 1000

export const createExpiry = ({
  clock,
  lifeCycle,
}: {
  readonly clock: Clock
  readonly lifeCycle: LifeCycle
}): Expiry => {
  const expire = (order: Order): boolean => {
    const alone = clock.now().getTime() - order.touched.getTime()
    if (order.state !== 'created' || alone <= patienceMs) return false
    order.expired = true
    lifeCycle.cancel(order)
    return true
  }
  const watch = (order: Order): void => {
    clock.at(new Date(order.touched.getTime() + patienceMs + 1), () => {
      if (!expire(order) && order.state === 'created') watch(order)
    })
  }
  return {
    watch,
    touch: (order) => {
      expire(order)
      order.touched = clock.now()
    },
  }
}

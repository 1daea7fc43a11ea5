import type { Clock } from '../platform/clock.ts'

interface Options<Order> {
  readonly clock: Clock
  /** The time without any step of the customer, in milliseconds, after which an order expires. */
  readonly ms: number
  readonly isOpen: (order: Order) => boolean
  readonly expire: (order: Order) => void
}

export interface InactivityTimeout<Order> {
  /** Expires the order after its time without activity, whether or not anybody opens the page. */
  readonly watch: (order: Order) => void
  /** Records activity of the customer. Expires the order first if its time is over. */
  readonly touch: (order: Order) => void
}

/** Expires orders whose customer does nothing. */
export const createInactivityTimeout = <Order extends { touched: Date }>({
  clock,
  ms,
  isOpen,
  expire,
}: Options<Order>): InactivityTimeout<Order> => {
  const isOverdue = (order: Order) => isOpen(order) && clock.now().getTime() - order.touched.getTime() > ms
  const watch = (order: Order): void => {
    clock.at(new Date(order.touched.getTime() + ms + 1), () => {
      if (isOverdue(order)) expire(order)
      else if (isOpen(order)) watch(order)
    })
  }
  return {
    watch,
    touch: (order) => {
      if (isOverdue(order)) expire(order)
      order.touched = clock.now()
    },
  }
}

interface OpensOrders<Start, Order> {
  readonly open: (start: Start) => Order
}

/** A ledger that watches its new orders. */
export const watchNewOrders = <Start, Order, Ledger extends OpensOrders<Start, Order>>(
  ledger: Ledger & OpensOrders<Start, Order>,
  { watch }: Pick<InactivityTimeout<Order>, 'watch'>,
): Ledger => ({
  ...ledger,
  open: (start: Start) => {
    const order = ledger.open(start)
    watch(order)
    return order
  },
})

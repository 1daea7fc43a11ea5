import type { Clock } from '../platform/clock.ts'

type Setting<Order> = {
  readonly clock: Clock
  /** How long the vendor waits after the customer's last step, in milliseconds. */
  readonly ms: number
  readonly isOpen: (order: Order) => boolean
  readonly expire: (order: Order) => void
}

export type Patience<Order> = {
  /** Ends the order when the customer leaves it alone for too long, whether anybody looks or not. */
  readonly watch: (order: Order) => void
  /** The customer does something: ends what was left alone too long before, and begins to wait anew. */
  readonly touch: (order: Order) => void
}

/** A vendor's patience with customers. */
export const createPatience = <Order extends { touched: Date }>(setting: Setting<Order>): Patience<Order> => {
  const { clock, ms, isOpen, expire } = setting
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

type Opening<Start, Order> = { readonly open: (start: Start) => Order }

/** A ledger whose new orders are watched. */
export const watched = <Start, Order, Ledger extends Opening<Start, Order>>(
  ledger: Ledger & Opening<Start, Order>,
  { watch }: Pick<Patience<Order>, 'watch'>,
): Ledger => ({
  ...ledger,
  open: (start: Start) => {
    const order = ledger.open(start)
    watch(order)
    return order
  },
})

import { type DepositView, memoryStore, money, type ProviderDefinition } from 'railswitch'
import { cart, customer, type Shop, startShop } from './shop.ts'
import type { Leg, Line } from './timeline.ts'

export interface WalkedThrough {
  readonly shop: Shop
  readonly payment: DepositView
  readonly lines: readonly Line[]
}

/** The customer and the vendors of a walk-through. */
export interface WalkContext {
  /** Completes the checkout as a customer. Resolves with the address that the customer is redirected to. */
  readonly walk: (checkoutUrl: string) => Promise<string>
  /** Resolves when the vendors have delivered all callbacks. */
  readonly idle: () => Promise<void>
  readonly definitions?: readonly ProviderDefinition[]
}

/** Runs one customer's deposit and two partial refunds. Only `env` selects the rail. */
export const walkThrough = async (
  env: Readonly<Record<string, string>>,
  { walk, idle, definitions = [] }: WalkContext,
): Promise<WalkedThrough> => {
  const lines: Line[] = []
  const add = (leg: Leg, text: string): void => {
    lines.push({ leg, text })
  }
  const shop = await startShop({
    env,
    definitions,
    store: memoryStore(),
    logger: {
      info: (_fields, message) => {
        if (message === 'callback verified') add('rail → shop', message)
      },
      warn: (fields, message) => add('rail → shop', `${message} ${JSON.stringify(fields)}`),
      error: (fields, message) => add('rail → shop', `${message} ${JSON.stringify(fields)}`),
    },
    onEvent: ({ type }) => add('shop', `handles ${type}`),
  })
  const reference = 'order-1001'
  const { value, currency } = cart.amount

  add('shop → rail', `deposit ${reference}, ${value} ${currency}`)
  add('shop → rail', `  from ${customer.firstName} ${customer.lastName}`)
  const checkoutUrl = await shop.checkout(reference)
  add('rail → shop', 'redirect to the hosted checkout')
  await walk(checkoutUrl)
  add('customer', 'bank, log-in, one-time code, return to the shop')
  await idle()
  await addState(shop, reference, add)
  for (const [name, part] of [
    ['a', '100.00'],
    ['b', '49.90'],
  ] as const) {
    add('shop → rail', `refund-1001-${name}, ${part} ${currency}`)
    add('rail → shop', `refund-1001-${name} is ${await refund(shop, reference, `refund-1001-${name}`, part)}`)
  }
  await idle()
  await addState(shop, reference, add)
  return { shop, payment: await shop.payments.getDeposit({ reference }), lines }
}

/** Refunds part of an order. Returns the status of the refund. */
export const refund = async (shop: Shop, reference: string, name: string, value: string): Promise<string> => {
  const order = shop.orders.get(reference)
  if (!order) throw new Error(`There is no order ${reference}.`)
  const { status } = await shop.payments.refund({
    payment: order.payment,
    reference: name,
    amount: money(value, cart.amount.currency),
  })
  return status
}

const addState = async (shop: Shop, reference: string, add: (leg: Leg, text: string) => void): Promise<void> => {
  const { state, credited, refunded, refundable } = await shop.payments.getDeposit({ reference })
  add('shop', `state ${state}, credited ${credited.value}`)
  add('shop', `  refunded ${refunded.value}, refundable ${refundable.value}`)
}

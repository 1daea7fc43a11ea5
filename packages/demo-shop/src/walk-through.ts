import { memoryStore, money, type PaymentView } from 'railswitch'
import { cart, customer, type Shop, startShop } from './shop.ts'
import { createTimeline, type Timeline } from './timeline.ts'

export interface WalkedThrough {
  readonly shop: Shop
  readonly payment: PaymentView
  readonly timeline: Timeline
}

/** What surrounds the shop: a customer who walks the checkout and is sent back, and a vendor that finishes its calls. */
export interface World {
  readonly walk: (checkoutUrl: string) => Promise<string>
  readonly idle: () => Promise<void>
}

/** One customer's deposit and two partial refunds; `env` alone decides the rail. */
export const walkThrough = async (
  rail: string,
  env: Readonly<Record<string, string>>,
  { walk, idle }: World,
  port: number,
): Promise<WalkedThrough> => {
  const timeline = createTimeline(`A deposit and two partial refunds on the rail "${rail}"`)
  const shop = await startShop({
    env,
    store: memoryStore(),
    port,
    logger: {
      info: (fields, message) => {
        if (message === 'callback verified') timeline.add('rail → shop', `${message}: ${factOf(fields)}`)
      },
      warn: (fields, message) => timeline.add('rail → shop', `${message} ${JSON.stringify(fields)}`),
      error: (fields, message) => timeline.add('rail → shop', `${message} ${JSON.stringify(fields)}`),
    },
    onEvent: ({ type }) => timeline.add('shop', `handled ${type}`),
  })
  const reference = 'order-1001'

  timeline.add(
    'shop → rail',
    `deposit ${reference}: ${cart.amount.value} ${cart.amount.currency} from ${customer.firstName} ${customer.lastName}`,
  )
  const checkoutUrl = await shop.checkout(reference)
  timeline.add('rail → shop', `redirect the customer to ${checkoutUrl}`)
  const returnedTo = await walk(checkoutUrl)
  timeline.add('customer', `chose a bank, logged in, gave the one-time code, came back to ${returnedTo}`)
  await idle()
  timeline.add('shop', await stateOf(shop, reference))

  for (const [name, value] of [
    ['a', '100.00'],
    ['b', '49.90'],
  ] as const) {
    const order = shop.orders.get(reference)
    if (!order) throw new Error('The order is not there.')
    timeline.add('shop → rail', `refund-1001-${name}: ${value} ${cart.amount.currency} back`)
    const refund = await shop.payments.refund({
      payment: order.payment,
      reference: `refund-1001-${name}`,
      amount: money(value, cart.amount.currency),
    })
    timeline.add('rail → shop', `refund-1001-${name} is ${refund.status}`)
  }
  timeline.add('shop', await stateOf(shop, reference))
  return { shop, payment: await shop.payments.get({ reference }), timeline }
}

const stateOf = async (shop: Shop, reference: string): Promise<string> => {
  const { state, credited, refunded, refundable } = await shop.payments.get({ reference })
  return `state ${state}: credited ${credited.value}, refunded ${refunded.value}, refundable ${refundable.value} ${credited.currency}`
}

const factOf = (fields: object): string => ('fact' in fields ? String(fields.fact) : '')

import { type DepositInput, PaymentError } from '@railswitch/core'
import { vendorCan } from '../../behaviour.ts'
import type { VendorControl } from '../../provider-under-test.ts'
import { lastOf, letTimePass, withoutToken } from '../../world/expectations.ts'
import type { WireFault } from '../../world/wire.ts'
import { dayMs, type World } from '../../world/world.ts'
import { depositNow, everythingNow, resultOf } from './observations.ts'
import type { Scenario } from './scenario.ts'

export const badGateway: WireFault = {
  instead: { status: 502, contentType: 'text/html', body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
}

/** A deposit, what then happens to it, and the month after that. */
const started = (
  name: string,
  happens: (world: World) => Promise<unknown>,
  ...needs: readonly (keyof VendorControl)[]
): Scenario => ({
  name,
  applies: needs.map(vendorCan),
  observe: async (world) => {
    const result = await resultOf(world.deposit())
    await happens(world)
    const atOnce = await depositNow(world)
    await letTimePass(world)
    return { result, ...atOnce, ...later(atOnce, await depositNow(world)) }
  },
})

export const unchanged = 'unchanged'

/** What changes within a month; `unchanged` on every rail is left out of the page. */
export const later = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(after).map(([name, text]) => [`${name}, a month later`, text === before[name] ? unchanged : text]),
  )

/** `times`: how many requests the fault meets; by default all, until the call has failed. */
const lost = (name: string, fault: WireFault, times?: number): Scenario => ({
  name,
  observe: async (world) => {
    world.wire.strike(fault, times)
    const result = await resultOf(world.deposit())
    world.wire.repair()
    const again = await resultOf(world.deposit())
    const next = await resultOf(world.deposit('order-1', { attempt: 2 }))
    const count = world.orders('order-1').length
    return {
      result,
      'the same call again': again,
      'a call with `attempt: 2`': next,
      'orders of the first attempt': `${count}`,
    }
  },
})

const sent = (name: string, more: (world: World) => Partial<DepositInput>): Scenario => ({
  name,
  observe: async (world) => ({ result: await resultOf(world.deposit('order-1', more(world))) }),
})

const customer = (world: World, more: Partial<DepositInput['customer']>): Partial<DepositInput> => ({
  customer: { ...world.depositInput('order-1').customer, ...more },
})

/** The form of the sandbox's pages, or the button of Meridian's. Returns the address at which the customer arrives. */
const cancelOnPage = async ({ transport }: World, url: string): Promise<string> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const isMeridian = new URL(url).hostname === 'pay.meridian.example'
  const address = isMeridian ? `${url}/cancel` : url
  const response = await transport({
    method: 'POST',
    url: address,
    headers,
    body: Buffer.from('step=cancel'),
    timeoutMs: 1_000,
  })()
  return response._tag === 'Right' ? (response.right.headers?.location ?? '') : ''
}

export const depositScenarios: readonly Scenario[] = [
  started('the customer pays', ({ vendor }) => vendor.credit('order-1')),
  started(
    'the customer pays, and the money arrives later',
    async ({ vendor }) => {
      await vendor.approve?.('order-1')
      await vendor.credit('order-1')
    },
    'approve',
  ),
  started(
    'the customer pays, and the money never arrives',
    async ({ vendor }) => {
      await vendor.approve?.('order-1')
      await vendor.cancel('order-1')
    },
    'approve',
  ),
  started(
    'the customer pays, and nothing is reported any more',
    async ({ vendor }) => vendor.approve?.('order-1'),
    'approve',
  ),
  started('the customer leaves the checkout', ({ vendor }) => vendor.cancel('order-1')),
  started('the customer opens the checkout and does nothing', async () => {}),
  started(
    'another amount than the ordered one is credited',
    ({ vendor, money }) => vendor.credit('order-1', money('90.00')),
    'creditsOtherAmounts',
  ),
  started(
    'the bank takes a part of the money back',
    async ({ vendor, money }) => {
      await vendor.credit('order-1')
      await vendor.reverse?.('order-1', money('30.00'))
    },
    'reverse',
  ),
  started(
    'the bank takes all of the money back',
    async ({ vendor, money }) => {
      await vendor.credit('order-1')
      await vendor.reverse?.('order-1', money('100.00'))
    },
    'reverse',
  ),
  {
    name: 'the checkout',
    observe: async (world) => {
      const { expiresAt } = await world.shop.payments.deposit(world.depositInput('order-1'))
      return { '`expiresAt`': expiresAt === null ? 'null' : 'a time' }
    },
  },
  {
    name: 'the checkout is cancelled on its page',
    observe: async (world) => {
      const page = (name: string) => `https://shop.example/page-of-${name}`
      const returnUrl = { success: page('success'), failure: page('failure'), cancel: page('cancel') }
      const { redirectUrl } = await world.deposit('order-1', { returnUrl })
      const [, name] = /page-of-(\w+)/.exec(await cancelOnPage(world, redirectUrl)) ?? []
      return { 'the customer returns to': `\`returnUrl.${name}\`` }
    },
  },
  {
    name: 'what the vendor reports about the customer',
    observe: async (world) => {
      await world.paidDeposit()
      const [event] = world.eventsOf('deposit.credited')
      return { 'members of `customer`': Object.keys(event?.customer ?? {}).join(', ') || 'none' }
    },
  },
]

export const callScenarios: readonly Scenario[] = [
  lost('no connection', 'refused'),
  lost('the request is lost on its way', 'request lost'),
  lost('one response is lost', 'response lost', 1),
  lost('the response is lost, and those to repeated requests too', 'response lost'),
  lost('the response is cut', 'response cut'),
  lost('a proxy responds with an error page', badGateway),
  {
    name: 'the response is lost, and the customer of that checkout pays',
    observe: async (world) => {
      world.wire.strike('response lost', 1)
      await world.deposit().catch(ignorePaymentError)
      world.wire.repair()
      await world.vendor.credit('order-1')
      return depositNow(world)
    },
  },
  {
    name: 'the vendor declines, such as a blocked customer',
    applies: [vendorCan('decline')],
    observe: async (world) => {
      world.vendor.decline?.()
      return { result: await resultOf(world.deposit()) }
    },
  },
  {
    name: 'the vendor refuses the account',
    applies: [vendorCan('misconfigure')],
    observe: async (world) => {
      world.vendor.misconfigure?.()
      return { result: await resultOf(world.deposit()) }
    },
  },
  sent('a currency that no vendor has', () => ({ amount: { value: '100', currency: 'JPY' } })),
  sent('a customer of another country', (world) => customer(world, { country: 'JP' })),
  sent('Cyrillic letters in the name', (world) => customer(world, { firstName: 'Анна', lastName: 'Иванова' })),
  sent('Japanese letters in the name', (world) => customer(world, { firstName: '明', lastName: '山田' })),
  sent('a language that the vendor may not have', (world) => customer(world, { locale: 'th-TH' })),
  sent('a name of 200 letters', (world) => customer(world, { lastName: 'a'.repeat(200) })),
  sent('the smallest amount', ({ money }) => ({ amount: money('0.01') })),
  sent('an amount of a thousand million', ({ money }) => ({ amount: money('1000000000.00') })),
  {
    name: 'a reference of 200 characters',
    observe: async (world) => ({ result: await resultOf(world.deposit('r'.repeat(200))) }),
  },
]

const ignorePaymentError = (error: unknown): void => {
  if (!(error instanceof PaymentError)) throw error
}

export const callbackScenarios: readonly Scenario[] = [
  {
    name: 'the callback of a credit never arrives',
    observe: async (world) => {
      await world.deposit()
      await world.holding(() => world.vendor.credit('order-1'))
      await world.syncAfter(2 * dayMs, 48)
      return depositNow(world)
    },
  },
  {
    name: 'the callback of a reversal never arrives',
    applies: [vendorCan('reverse')],
    observe: async (world) => {
      await world.paidDeposit()
      await world.holding(async () => world.vendor.reverse?.('order-1', world.money('30.00')))
      await letTimePass(world)
      return depositNow(world)
    },
  },
  {
    name: 'the callback of a credit arrives three times',
    observe: async (world) => {
      await world.deposit()
      const message = lastOf(await world.sending(() => world.vendor.credit('order-1')), 'callback')
      await world.callbacks.deliver(message)
      await world.callbacks.deliver(message)
      return depositNow(world)
    },
  },
  {
    name: 'the callback of a credit arrives without the token of its address',
    observe: async (world) => {
      await world.deposit()
      const message = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback')
      await world.callbacks.deliver(withoutToken(message))
      return depositNow(world)
    },
  },
  {
    name: 'a forged callback',
    observe: async (world) => {
      await world.deposit()
      const message = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback')
      const { status } = await world.callbacks.deliver(world.vendor.forge(message))
      return { 'HTTP status': `${status}`, ...(await depositNow(world)) }
    },
  },
  {
    name: 'another merchant of the vendor uses the reference and the address',
    observe: async (world) => {
      await world.deposit()
      await world.vendor.strangerPays('order-1')
      return depositNow(world)
    },
  },
  {
    name: 'a callback of a kind that no document names',
    applies: [vendorCan('sendUnknownKind')],
    observe: async (world) => {
      await world.deposit()
      await world.vendor.sendUnknownKind?.('order-1')
      return everythingNow(world)
    },
  },
]

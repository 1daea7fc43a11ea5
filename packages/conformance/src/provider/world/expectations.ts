import { deepEqual, equal, ok } from 'node:assert/strict'
import { type EventType, fromMinorUnits, type Money, PaymentError } from '@railswitch/core'
import { toMinorUnits } from '@railswitch/core/provider'
import type { VendorMessage } from '../provider-under-test.ts'
import type { World } from './world.ts'

/** The error of a call that must be refused. */
export const errorOf = async (call: Promise<unknown>): Promise<PaymentError> => {
  let result: unknown
  try {
    result = await call
  } catch (error) {
    if (error instanceof PaymentError) return error
    throw error
  }
  const { status = result === undefined ? 'no error' : 'a checkout' } = Object(result) as { readonly status?: string }
  throw new Error(`the call must be refused, and its result is ${status}`)
}

export const expectState = async ({ shop }: World, reference: string, state: string): Promise<void> => {
  const deposit = await shop.payments.getDeposit({ reference })
  equal(deposit.state, state, `the deposit ${reference} is ${deposit.state}, not ${state}`)
}

export const expectPayoutState = async ({ shop }: World, reference: string, state: string): Promise<void> => {
  const payout = await shop.payments.getPayout({ reference })
  equal(payout.state, state, `the payout ${reference} is ${payout.state}, not ${state}`)
}

/** The events of a type have exactly these amounts, in any order. The text of a failure has both. */
export const expectMoney = (world: World, type: EventType, ...values: readonly string[]): void => {
  const amounts = world.eventsOf(type).map((event) => ('amount' in event ? textOf(event.amount) : 'no amount'))
  const expected = values.map((value) => textOf(world.money(value)))
  const difference = `${type} has ${amounts.join(', ') || 'no event'}, and must have ${expected.join(', ') || 'none'}`
  deepEqual([...amounts].sort(), expected.sort(), difference + unpolled(world, type))
}

/** What may be missing if nothing is known of a refund. */
const unpolled = ({ provider }: World, type: EventType): string =>
  type.startsWith('refund.') && provider.refundWindowMs === undefined
    ? ': the provider has no refundWindowMs, so sync() does not look refunds up'
    : ''

export const textOf = ({ value, currency }: Money): string => `${value} ${currency}`

/** The time passes, and `sync` runs, until everything that the vendor can show has been looked up. */
export const letTimePass = (world: World): Promise<void> => world.syncAfter(30 * 86_400_000, 60)

/** What happened to a refund is known: by a callback or, if the vendor reports refunds only in look-ups, by those of a day. */
export const refundReported = async (world: World): Promise<void> => {
  if (world.provider.refundWindowMs !== undefined) await world.syncAfter(86_400_000, 24)
}

/** The provider has sent a request, after the first `before` of them. Its first call may load modules. */
export const untilSent = async ({ wire }: World, before = 0): Promise<void> => {
  const end = Date.now() + 5_000
  while (wire.requests.length === before) {
    ok(Date.now() < end, 'the provider has sent no request')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The reviews of a deposit with these reasons. */
export const reviewsOf = async ({ shop }: World, reference: string): Promise<readonly string[]> =>
  (await shop.payments.getDeposit({ reference })).reviews.map(({ reason }) => reason)

export const onlyOne = <A>(all: readonly A[], what: string): A => {
  const [first, ...others] = all
  if (first === undefined || others.length > 0)
    throw new Error(`there must be one ${what}, and there are ${all.length}`)
  return first
}

/** The last callback that the vendor sent. */
export const lastOf = <A>(all: readonly A[], what: string): A => {
  const last = all.at(-1)
  if (last === undefined) throw new Error(`the vendor has sent no ${what}`)
  return last
}

/** The same callback at the rail's address without its token. */
export const withoutToken = (message: VendorMessage): VendorMessage => ({
  ...message,
  url: message.url.replace(/(\/callbacks\/[^/]+)\/.*/, '$1'),
})

/** The same callback at the address of another one. */
export const atAddressOf = (message: VendorMessage, other: VendorMessage): VendorMessage => ({
  ...message,
  url: other.url,
})

export const isAcknowledgement = ({ status }: { readonly status: number }): boolean => status >= 200 && status < 300

export const expectText = (value: unknown, what: string): void =>
  ok(typeof value === 'string' && value.trim() !== '', `${what} must be a text that is not empty`)

/** What is credited of a deposit and not reversed. */
export const netOf = async ({ shop }: World, reference: string): Promise<Money> => {
  const { credited, reversed } = await shop.payments.getDeposit({ reference })
  return fromMinorUnits(toMinorUnits(credited) - toMinorUnits(reversed), credited.currency)
}

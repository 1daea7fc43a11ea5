import { isLeft, type PaymentProvider } from '@railswitch/core'
import type { VendorMessage } from '../provider-under-test.ts'
import { lastOf } from '../world/expectations.ts'
import type { World } from '../world/world.ts'

/** The callback of a credit, which has not arrived. */
export const heldCredit = async (
  world: World,
  reference = 'order-1',
  amount = world.money('100.00'),
): Promise<VendorMessage> => {
  await world.deposit(reference, { amount })
  return lastOf(await world.holding(() => world.vendor.credit(reference)), 'callback of the credit')
}

/** A genuine callback as the provider reads it. */
export const verified = (
  world: { readonly provider: PaymentProvider },
  { body, headers }: VendorMessage,
  what = 'a genuine callback',
) => {
  const delivery = { body, headers, contentType: headers['content-type'] ?? '' }
  const result = world.provider.verifyCallback(delivery)
  if (isLeft(result)) throw new Error(`${what} is refused: ${result.left.message}`)
  return result.right
}

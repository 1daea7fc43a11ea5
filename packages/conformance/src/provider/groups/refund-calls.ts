import { declares } from '../behaviour.ts'
import { textOf } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'

export const refundState = async ({ shop }: World, reference = 'refund-1'): Promise<string> =>
  (await shop.payments.getDeposit({ reference: 'order-1' })).refunds.find((one) => one.reference === reference)
    ?.state ?? 'none'

export const refundable = async ({ shop }: World): Promise<string> =>
  textOf((await shop.payments.getDeposit({ reference: 'order-1' })).refundable)

export const sentBack = (world: World): readonly string[] => world.order('order-1').refunds.map(({ value }) => value)

/** A refund of 40.00 whose response is lost or cannot be read. */
export const struckRefund = async (world: World, fault: WireFault) => {
  const payment = await world.paidDeposit()
  world.wire.strike(fault)
  const outcome = await world.refund(payment, '40.00')
  world.wire.repair()
  return outcome
}

export const partial = declares('refund.partial')

import type { FieldRequirements, Market, Operation } from '@railswitch/core/provider'
import { refundFields } from '@railswitch/core/provider'
import { depositRequirements } from './deposit.ts'
import { refusedMarket } from './markets.ts'
import { payoutRequirements } from './payout.ts'

const fieldsOf: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  deposit: depositRequirements,
  refund: refundFields,
  payout: payoutRequirements,
}

export const requirements = (operation: Operation, market: Market): FieldRequirements => {
  const refused = refusedMarket(market)
  return { fields: fieldsOf[operation] ?? [], ...(refused !== null && { refused }) }
}

import type { MethodContext } from '../methods/method.ts'
import type { Account } from '../state/merchant.ts'
import type { Order } from '../state/order.ts'
import type { Terms } from '../state/order-terms.ts'
import { parseAmount } from '../wire/formats.ts'

/** The differences between a copy and the order. */
export interface OrderChanges {
  readonly messageId?: string
  readonly notificationUrl?: string
  readonly amount?: string
  readonly endUserId?: string
}

type Dependencies = Pick<MethodContext, 'ledger' | 'now'> & { readonly account: Account }

/** Opens a copy of an order for another merchant, with its kind, MessageID, address, end user and money. */
export const openOrderCopy = (
  { ledger, now, account }: Dependencies,
  { kind, page, hash, terms, bankAccount }: Order,
  changes: OrderChanges = {},
): Order =>
  ledger.open({
    kind,
    page,
    hash,
    account,
    terms: changedTerms(terms, changes),
    // A payout and a charge name their account; in other orders the customer chooses it.
    bankAccount: page ? undefined : bankAccount,
    mandateId: undefined,
    state: kind === 'payout' || kind === 'direct credit' ? 'accepted' : 'created',
    paid: undefined,
    kyc: 'not requested',
    touched: now(),
  })

const changedTerms = (terms: Terms, { amount, ...texts }: OrderChanges): Terms => {
  const minor = amount === undefined ? terms.amount : parseAmount(amount, terms.currency)
  if (amount !== undefined && minor === undefined) throw new Error(`${amount} is not an amount in ${terms.currency}.`)
  return { ...terms, ...texts, amount: minor, hold: false }
}

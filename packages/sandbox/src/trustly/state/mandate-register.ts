import { createMultiMap } from '../../platform/multi-map.ts'
import type { Account } from './merchant.ts'
import type { Order } from './order.ts'

interface Wanted {
  readonly accountId: string
  /** Any if absent or empty. */
  readonly merchantReference?: string
  /** Any if absent. */
  readonly endUserId?: string
}

/** The merchants' managed mandates, by reference and by bank account. Orders of other kinds are ignored. */
export interface MandateRegister {
  /** Adds a mandate, or notes its new bank account. */
  readonly add: (order: Order) => void
  readonly remove: (order: Order) => void
  readonly hasReference: (merchant: Account, merchantReference: string) => boolean
  /** The newest active mandate of a bank account. */
  readonly active: (merchant: Account, wanted: Wanted) => Order | undefined
}

export const createMandateRegister = (): MandateRegister => {
  const references = new Set<string>()
  const byAccount = createMultiMap<string, Order>()
  const keys = new Map<Order, string>()
  const keyOf = ({ username }: Account, id: string) => `${id} ${username}`
  const removeFromAccount = (order: Order): void => {
    const key = keys.get(order)
    if (key === undefined) return
    byAccount.remove(key, order)
    keys.delete(order)
  }
  return {
    add: (order) => {
      if (order.kind !== 'mandate') return
      references.add(keyOf(order.account, order.terms.merchantReference))
      removeFromAccount(order)
      if (!order.bankAccount) return
      const key = keyOf(order.account, order.bankAccount.accountId)
      byAccount.add(key, order)
      keys.set(order, key)
    },
    remove: (order) => {
      if (order.kind !== 'mandate') return
      references.delete(keyOf(order.account, order.terms.merchantReference))
      removeFromAccount(order)
    },
    hasReference: (merchant, merchantReference) => references.has(keyOf(merchant, merchantReference)),
    active: (merchant, { accountId, merchantReference = '', endUserId }) =>
      byAccount
        .get(keyOf(merchant, accountId))
        .filter(
          ({ state, terms }) =>
            state === 'active' &&
            (merchantReference === '' || terms.merchantReference === merchantReference) &&
            (endUserId === undefined || terms.endUserId === endUserId),
        )
        .at(-1),
  }
}

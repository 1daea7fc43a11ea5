import { randomInt, randomUUID } from 'node:crypto'
import type { DepositTerms } from './deposit-parameters.ts'
import type { Account } from './merchant.ts'
import type { Hash } from './signature.ts'

/** `created` until the customer pays; `pending` until the money is there; `reversed` after it was taken back. */
export type OrderState = 'created' | 'pending' | 'credited' | 'cancelled' | 'reversed'

/** `queued` until the deposit is credited; `dropped` when it never is; `returned` when the bank sent it back. */
export type RefundState = 'queued' | 'executed' | 'returned' | 'dropped'

export type Refund = { readonly amount: bigint; state: RefundState }

/** Money taken back after a credit. FAILED: the merchant cannot recover it from the customer, and bears the loss. */
export type Debit = { readonly amount: bigint; answer: string | null }

/** One deposit. Money is in minor units of `terms.currency`. */
export type Order = {
  readonly orderId: string
  readonly session: string
  readonly account: Account
  readonly terms: DepositTerms
  readonly hash: Hash
  readonly opened: Date
  readonly refunds: Refund[]
  readonly debits: Debit[]
  state: OrderState
  /** What the customer sent; undefined until then. */
  paid: bigint | undefined
  /** When the customer was last on the checkout page. */
  touched: Date
  expired: boolean
}

/** Orders and balances of all merchants: what the vendor knows. */
export type Ledger = {
  readonly open: (order: Pick<Order, 'account' | 'terms' | 'hash' | 'touched'>) => Order
  readonly find: (orderId: string) => Order | undefined
  readonly findSession: (session: string) => Order | undefined
  readonly hasMessage: (account: Account, messageId: string) => boolean
  readonly ordersOf: (username: string) => readonly Order[]
  readonly balancesOf: (username: string) => ReadonlyMap<string, bigint>
  readonly book: (order: Order, amount: bigint) => void
}

export const createLedger = (): Ledger => {
  const orders = new Map<string, Order>()
  const sessions = new Map<string, Order>()
  const messages = new Map<string, Set<string>>()
  const balances = new Map<string, Map<string, bigint>>()
  const balancesOf = (username: string) => balances.get(username) ?? new Map<string, bigint>()
  return {
    open: (start) => {
      const orderId = createId((id) => orders.has(id))
      const ids = { orderId, session: randomUUID() }
      const order: Order = {
        ...start,
        ...ids,
        opened: start.touched,
        refunds: [],
        debits: [],
        state: 'created',
        paid: undefined,
        expired: false,
      }
      const { username } = start.account
      orders.set(orderId, order)
      sessions.set(order.session, order)
      messages.set(username, (messages.get(username) ?? new Set()).add(start.terms.messageId))
      return order
    },
    find: (orderId) => orders.get(orderId),
    findSession: (session) => sessions.get(session),
    hasMessage: ({ username }, messageId) => messages.get(username)?.has(messageId) ?? false,
    ordersOf: (username) => [...orders.values()].filter(({ account }) => account.username === username),
    balancesOf,
    book: ({ account, terms }, amount) => {
      const balance = balancesOf(account.username)
      balance.set(terms.currency, (balance.get(terms.currency) ?? 0n) + amount)
      balances.set(account.username, balance)
    },
  }
}

/** Ten decimal digits, as all of Trustly's ids have today. */
export const createId = (taken: (id: string) => boolean): string => {
  const id = String(randomInt(1_000_000_000, 10_000_000_000))
  return taken(id) ? createId(taken) : id
}

/** What may still be refunded: the money that came, less what was taken back or is on its way back.
 *  Before the customer paid, the ordered amount stands in for it. */
export const refundable = ({ state, paid, terms, refunds, debits }: Order): bigint => {
  const came = paid ?? (state === 'created' ? terms.amount : undefined) ?? 0n
  const gone = refunds.filter(({ state }) => state === 'queued' || state === 'executed')
  return state === 'cancelled' ? 0n : came - sum(gone) - sum(debits)
}

export const sum = (entries: ReadonlyArray<{ readonly amount: bigint }>): bigint =>
  entries.reduce((total, { amount }) => total + amount, 0n)

import { createMultiMap } from '../../platform/multi-map.ts'
import type { Random } from '../../platform/platform.ts'
import { randomInteger, randomUuid } from '../../platform/random.ts'
import { createRecentList, type RecentList } from '../../platform/recent-list.ts'
import { parseAmount } from '../wire/formats.ts'
import { createMandateRegister, type MandateRegister } from './mandate-register.ts'
import type { Account } from './merchant.ts'
import type { Order } from './order.ts'

/** One entry on a merchant's balance, in minor units. `type` is its name in the settlement report. */
export interface Entry {
  readonly account: Account
  readonly at: Date
  readonly type: EntryType
  /** Empty for entries without an order. */
  readonly orderId: string
  readonly messageId: string
  readonly country: string
  readonly currency: string
  readonly amount: bigint
  readonly externalReference: string
  /** The other side of a currency exchange, or what the customer paid in another currency. */
  readonly exchanged?: { readonly amount: bigint; readonly currency: string }
  /** The automatic settlement that paid it to the merchant. */
  settlement?: { readonly day: string; readonly id: string }
}

export type EntryType =
  | Charged
  | Fee
  | `Failed ${'Refund' | 'Withdraw' | 'AccountPayout'}`
  | 'Settlement'
  | 'Settlement Fee'
  | 'FX'
  | 'Float Adjustment'

type Charged = 'Deposit' | 'Charge' | 'Refund' | 'Withdraw' | 'AccountPayout'
type Fee = `${Charged} Fee`

type OrderStart = Omit<
  Order,
  'orderId' | 'number' | 'session' | 'opened' | 'transfers' | 'debits' | 'expired' | 'endedAt'
>

/** The newest orders and the balances of all merchants. */
export interface Ledger {
  readonly open: (start: OrderStart) => Order
  /** Adds an order of an earlier run, with its ids. */
  readonly restore: (order: Order) => void
  readonly restoreEntry: (entry: Entry) => void
  readonly restoreBalance: (username: string, balance: ReadonlyMap<string, bigint>) => void
  readonly find: (orderId: string) => Order | undefined
  readonly findSession: (session: string) => Order | undefined
  readonly claimMessage: (account: Account, messageId: string) => void
  readonly hasMessage: (account: Account, messageId: string) => boolean
  readonly all: RecentList<Order>
  readonly ordersOf: (username: string) => readonly Order[]
  /** All merchants' orders with the MessageID. */
  readonly withMessage: (messageId: string) => readonly Order[]
  /** Records that a transfer of the order is queued. */
  readonly noteQueued: (order: Order) => void
  /** The merchant's orders with queued transfers, oldest first. */
  readonly queuedOf: (username: string) => readonly Order[]
  readonly mandates: MandateRegister
  readonly balancesOf: (username: string) => ReadonlyMap<string, bigint>
  /** Oldest first. */
  readonly entriesOf: (username: string) => readonly Entry[]
  /** Whether there was a settlement in the currency. */
  readonly hasSettled: (username: string, currency: string) => boolean
  readonly book: (entry: Omit<Entry, 'at'>) => void
  /** A new reference of the bank. */
  readonly createReference: () => string
}

interface Dependencies {
  readonly now: () => Date
  readonly random: Random
  /** The largest number of orders. The oldest are forgotten, with their entries. */
  readonly longest: number
  readonly changed: () => void
}

export const createLedger = ({ now, random, longest, changed }: Dependencies): Ledger => {
  const orders = new Map<string, Order>()
  const sessions = new Map<string, Order>()
  const messages = new Map<string, Set<string>>()
  const balances = new Map<string, Map<string, bigint>>()
  const entries = createMultiMap<string, Entry>()
  const ofOrder = createMultiMap<string, Entry>()
  const byMerchant = createMultiMap<string, Order>()
  const byMessage = createMultiMap<string, Order>()
  const queued = new Map<string, Set<Order>>()
  const settled = new Set<string>()
  const mandates = createMandateRegister()
  let count = 0
  const all = createRecentList<Order>(longest, (order) => {
    const { account, orderId, session, terms } = order
    orders.delete(orderId)
    sessions.delete(session)
    for (const messageId of messageIdsOf(order)) messages.get(account.username)?.delete(messageId)
    byMerchant.remove(account.username, order)
    byMessage.remove(terms.messageId, order)
    queued.get(account.username)?.delete(order)
    mandates.remove(order)
    for (const entry of [...ofOrder.get(orderId)]) {
      ofOrder.remove(orderId, entry)
      entries.remove(account.username, entry)
    }
  })
  const balancesOf = (username: string) => balances.get(username) ?? new Map<string, bigint>()
  const claimMessage = ({ username }: Account, messageId: string) => {
    messages.set(username, (messages.get(username) ?? new Set()).add(messageId))
  }
  const noteQueued = (order: Order): void => {
    const { username } = order.account
    queued.set(username, (queued.get(username) ?? new Set()).add(order))
  }
  const register = (order: Order): void => {
    orders.set(order.orderId, order)
    sessions.set(order.session, order)
    for (const messageId of messageIdsOf(order)) claimMessage(order.account, messageId)
    byMerchant.add(order.account.username, order)
    byMessage.add(order.terms.messageId, order)
    mandates.add(order)
    all.add(order)
  }
  const addEntry = (entry: Entry): void => {
    const { username } = entry.account
    entries.add(username, entry)
    if (entry.orderId !== '') ofOrder.add(entry.orderId, entry)
    if (entry.type === 'Settlement') settled.add(`${entry.currency} ${username}`)
  }
  return {
    open: (start) => {
      const orderId = createId(random, (id) => orders.has(id))
      count += 1
      const ids = { orderId, number: count, session: randomUuid(random), opened: start.touched }
      const order: Order = { ...start, ...ids, transfers: [], debits: [], expired: false, endedAt: undefined }
      register(order)
      changed()
      return order
    },
    restore: (order) => {
      count = Math.max(count, order.number)
      register(order)
      if (hasQueued(order)) noteQueued(order)
    },
    restoreEntry: (entry) => {
      addEntry(entry)
      if (entry.type === 'Settlement' && entry.messageId !== '') claimMessage(entry.account, entry.messageId)
    },
    restoreBalance: (username, balance) => void balances.set(username, new Map(balance)),
    find: (orderId) => orders.get(orderId),
    findSession: (session) => sessions.get(session),
    claimMessage,
    hasMessage: ({ username }, messageId) => messages.get(username)?.has(messageId) ?? false,
    all,
    ordersOf: byMerchant.get,
    withMessage: byMessage.get,
    noteQueued,
    queuedOf: (username) => {
      const waiting = queued.get(username) ?? new Set()
      for (const order of waiting) if (!hasQueued(order)) waiting.delete(order)
      return [...waiting].sort((one, other) => one.number - other.number)
    },
    mandates,
    balancesOf,
    entriesOf: entries.get,
    hasSettled: (username, currency) => settled.has(`${currency} ${username}`),
    book: (movement) => {
      for (const entry of [movement, ...feesOn(movement)]) {
        const { username } = entry.account
        const balance = balancesOf(username)
        balance.set(entry.currency, (balance.get(entry.currency) ?? 0n) + entry.amount)
        balances.set(username, balance)
        addEntry({ ...entry, at: now() })
      }
      changed()
    },
    createReference: () => createId(random, () => false),
  }
}

const messageIdsOf = ({ terms, transfers }: Order): readonly string[] => [
  terms.messageId,
  ...transfers.flatMap(({ messageId }) => messageId ?? []),
]

const hasQueued = ({ transfers }: Order): boolean => transfers.some(({ state }) => state === 'queued')

const fees: Partial<Record<EntryType, Fee>> = {
  Deposit: 'Deposit Fee',
  Charge: 'Charge Fee',
  Refund: 'Refund Fee',
  Withdraw: 'Withdraw Fee',
  AccountPayout: 'AccountPayout Fee',
}

/** The vendor's fee for an entry; none for a deposit that is taken back. */
const feesOn = (movement: Omit<Entry, 'at'>): Array<Omit<Entry, 'at'>> => {
  const { account, type, currency, amount } = movement
  const fee = parseAmount(account.switches.fee, currency)
  const feeType = fees[type]
  const isReversal = amount < 0n && (type === 'Deposit' || type === 'Charge')
  return fee === undefined || feeType === undefined || isReversal ? [] : [{ ...movement, type: feeType, amount: -fee }]
}

/** Ten decimal digits, as all of Trustly's ids have today. */
export const createId = (random: Random, taken: (id: string) => boolean): string => {
  const id = String(randomInteger(random, 1_000_000_000, 10_000_000_000))
  return taken(id) ? createId(random, taken) : id
}

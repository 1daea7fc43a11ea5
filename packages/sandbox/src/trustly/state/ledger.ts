import type { Random } from '../../platform/platform.ts'
import { randomInteger, randomUuid } from '../../platform/random.ts'
import { parseAmount } from '../wire/formats.ts'
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
}

export type EntryType =
  | Charged
  | Fee
  | `Failed ${'Refund' | 'Withdraw' | 'AccountPayout'}`
  | 'Settlement'
  | 'Float Adjustment'

type Charged = 'Deposit' | 'Charge' | 'Refund' | 'Withdraw' | 'AccountPayout'
type Fee = `${Charged} Fee`

type OrderStart = Omit<Order, 'orderId' | 'session' | 'opened' | 'transfers' | 'debits' | 'expired'>

/** The orders and balances of all merchants. */
export interface Ledger {
  readonly open: (start: OrderStart) => Order
  readonly find: (orderId: string) => Order | undefined
  readonly findSession: (session: string) => Order | undefined
  readonly claimMessage: (account: Account, messageId: string) => void
  readonly hasMessage: (account: Account, messageId: string) => boolean
  readonly ordersOf: (username: string) => readonly Order[]
  readonly balancesOf: (username: string) => ReadonlyMap<string, bigint>
  /** Oldest first. */
  readonly entriesOf: (username: string) => readonly Entry[]
  readonly book: (entry: Omit<Entry, 'at'>) => void
  /** A new reference of the bank. */
  readonly createReference: () => string
}

export const createLedger = (now: () => Date, random: Random): Ledger => {
  const orders = new Map<string, Order>()
  const sessions = new Map<string, Order>()
  const messages = new Map<string, Set<string>>()
  const balances = new Map<string, Map<string, bigint>>()
  const entries: Entry[] = []
  const balancesOf = (username: string) => balances.get(username) ?? new Map<string, bigint>()
  const claimMessage = ({ username }: Account, messageId: string) => {
    messages.set(username, (messages.get(username) ?? new Set()).add(messageId))
  }
  return {
    open: (start) => {
      const orderId = createId(random, (id) => orders.has(id))
      const ids = { orderId, session: randomUuid(random), opened: start.touched }
      const order: Order = { ...start, ...ids, transfers: [], debits: [], expired: false }
      orders.set(orderId, order)
      sessions.set(order.session, order)
      claimMessage(start.account, start.terms.messageId)
      return order
    },
    find: (orderId) => orders.get(orderId),
    findSession: (session) => sessions.get(session),
    claimMessage,
    hasMessage: ({ username }, messageId) => messages.get(username)?.has(messageId) ?? false,
    ordersOf: (username) => [...orders.values()].filter(({ account }) => account.username === username),
    balancesOf,
    entriesOf: (username) => entries.filter(({ account }) => account.username === username),
    book: (movement) => {
      for (const entry of [movement, ...feesOn(movement)]) {
        const { username } = entry.account
        const balance = balancesOf(username)
        balance.set(entry.currency, (balance.get(entry.currency) ?? 0n) + entry.amount)
        balances.set(username, balance)
        entries.push({ ...entry, at: now() })
      }
    },
    createReference: () => createId(random, () => false),
  }
}

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

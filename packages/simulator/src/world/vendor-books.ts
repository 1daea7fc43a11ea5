import type { PayablTransaction } from '@railswitch/sandbox'
import { toMinor } from './money.ts'
import { moneyInOrders, payoutOrders } from './orders.ts'
import type { OwnOrder } from './own-orders.ts'
import type { World } from './world.ts'

/** Money that a vendor sent out. `isBack`: it was never sent, or it was returned. */
export interface SentOut {
  readonly minor: number
  readonly isBack: boolean
  /** The vendor notifies nobody of it. */
  readonly isSilent: boolean
}

/** What a vendor's books say about one of our orders, in minor units. */
export interface BookedDeposit {
  readonly order: OwnOrder
  /** The vendor's id of what brings the money: at payabl that of the capture. */
  readonly creditVendorId: string
  readonly credited: number
  readonly reversed: number
  readonly refunds: readonly SentOut[]
  /** The answers that the vendor received about reversals: whether the shop could recover the money. */
  readonly answers: readonly { readonly minor: number; readonly isYes: boolean }[]
  /** The customer has paid, whether or not the money has arrived. */
  readonly isPaid: boolean
  /** The state in the books. */
  readonly state: string
  /** The shop has acknowledged that the order ended without money. */
  readonly hasReportedEnd: boolean
  /** The shop has acknowledged a notification of the present state of each of its transactions. */
  readonly isReported: boolean
  /** Every id that the vendor gave to it, those of refunds included. */
  readonly vendorIds: readonly string[]
}

type Books = Pick<World, 'vendors' | 'wire'>

/** The same world, whose books are read once: for checks during which nothing happens. */
export const withBooksReadOnce = (world: World): World => {
  const { trustly, payabl } = world.vendors
  const [ofTrustly, ofPayabl] = [once(() => trustly.books()), once(() => payabl.books())]
  return {
    ...world,
    vendors: { ...world.vendors, trustly: { ...trustly, books: ofTrustly }, payabl: { ...payabl, books: ofPayabl } },
  }
}

const once = <A>(read: () => A): (() => A) => {
  let known: { readonly value: A } | undefined
  return () => {
    known ??= { value: read() }
    return known.value
  }
}

/** What the vendors' books say about all our orders that bring the money of this reference. */
export const depositsAtVendor = ({ vendors, wire }: Books, reference: string): readonly BookedDeposit[] =>
  moneyInOrders(wire, reference).flatMap((order) => {
    const booked = order.rail === 'trustly' ? readTrustly(vendors, order) : readPayabl(vendors, order)
    return booked ? [booked] : []
  })

const readTrustly = ({ trustly }: World['vendors'], order: OwnOrder): BookedDeposit | null => {
  const found = trustly.books().orders.find(({ orderId }) => orderId === order.vendorId)
  if (!found) return null
  const isCredited = found.state === 'credited' || found.state === 'reversed'
  return {
    order,
    creditVendorId: order.vendorId,
    state: found.state,
    hasReportedEnd: found.notifications.some(
      ({ method, attempts }) => method === 'cancel' && attempts.some(({ outcome }) => outcome === 'accepted'),
    ),
    isPaid: isCredited || found.state === 'pending',
    isReported: found.notifications.every(isAccepted),
    vendorIds: [order.vendorId],
    credited: isCredited ? toMinor(found.paid ?? '0') : 0,
    reversed: found.debits.reduce((sum, { amount }) => sum + toMinor(amount), 0),
    answers: found.debits.flatMap(({ amount, answer }) =>
      answer === null ? [] : [{ minor: toMinor(amount), isYes: answer === 'OK' }],
    ),
    refunds: found.refunds.map(({ amount, state }) => toSentOut(amount, state)),
  }
}

const readPayabl = (vendors: World['vendors'], order: OwnOrder): BookedDeposit | null => {
  const transactions = transactionsOf(vendors, order)
  const payIn = transactions.find(({ type }) => type === 'capture') ?? transactions[0]
  if (!payIn) return null
  const sums = (type: string) => transactions.filter((one) => one.type === type).map(({ amount }) => toMinor(amount))
  const hasNotified = (state: string) => payIn.notifications.some((one) => one.state === state)
  const wasCredited = payIn.state === 'credited' || hasNotified('credited')
  const isLost = wasCredited && payIn.state === 'not_credited'
  return {
    order,
    creditVendorId: payIn.transactionId,
    state: payIn.state,
    hasReportedEnd: false,
    isReported:
      payIn.notifications.some((one) => one.state === payIn.state && isAccepted(one)) &&
      transactions.every(({ type, notifications }) => !followUps.has(type) || notifications.some(isAccepted)),
    isPaid: payIn.state === 'credited' || payIn.state === 'not_credited_yet',
    vendorIds: transactions.map(({ transactionId }) => transactionId),
    credited: wasCredited ? toMinor(payIn.amount) : 0,
    reversed: sums('chb').reduce((sum, minor) => sum + minor, isLost ? toMinor(payIn.amount) : 0),
    answers: [],
    refunds: sums('refund').map((minor) => ({ minor, isBack: false, isSilent: false })),
  }
}

const followUps: ReadonlySet<string> = new Set(['refund', 'chb'])

const isAccepted = ({ attempts }: { readonly attempts: ReadonlyArray<{ readonly outcome: string }> }): boolean =>
  attempts.some(({ outcome }) => outcome === 'accepted')

const transactionsOf = ({ payabl }: World['vendors'], { vendorId }: OwnOrder): readonly PayablTransaction[] =>
  payabl
    .books()
    .payments.find(({ transactions }) => transactions.some(({ transactionId }) => transactionId === vendorId))
    ?.transactions ?? []

const toSentOut = (amount: string, state: string): SentOut => ({
  minor: toMinor(amount),
  isBack: state === 'returned' || state === 'failed' || state === 'dropped',
  isSilent: state === 'dropped',
})

/** What the vendors sent out for a payout or a withdrawal, or for one attempt of it. What waits for a decision is not sent. */
export const payoutsAtVendor = ({ vendors, wire }: Books, reference: string, attempt?: number): readonly SentOut[] =>
  payoutOrders(wire, reference).flatMap((order) => {
    if (attempt !== undefined && order.attempt !== attempt) return []
    if (order.rail === 'payabl')
      return transactionsOf(vendors, order)
        .filter(({ type }) => type === 'cft')
        .map(({ amount, state }) => toSentOut(amount, state))
    const found = vendors.trustly.books().orders.find(({ orderId }) => orderId === order.vendorId)
    if (!found || notSent.has(found.state)) return []
    return [toSentOut(found.paid ?? found.amount ?? '0', found.state)]
  })

const notSent: ReadonlySet<string> = new Set(['created', 'requested', 'reserved', 'cancelled'])

/** Whether a vendor executed this attempt of a refund of ours. */
export const isRefundExecuted = ({ wire }: Books, refund: string, attempt: number): boolean =>
  wire.ownOrders.some(({ job, method }) => job === `refund ${refund} ${attempt}` && /refund/i.test(method))

import {
  type FoundReport,
  factsOf,
  PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  readVendorMoney,
  taskEither,
} from '@railswitch/core'
import { type LedgerLine, readLedger } from '../client/reports/ledger.ts'
import type { TrustlyCalls } from '../client/typed-calls.ts'
import { interpret } from '../interpret/interpret.ts'
import { orderIdOf } from './order-id.ts'

const dayMs = 86_400_000
/** A deposit whose money has not come within these days is cancelled by Trustly. */
const longestDays = 14
/** A busy account's day is large, and one reading serves every deposit that waits. */
const keptMs = 15 * 60_000
const keptDays = 32

/** Where orders' money is booked, in the only words that Trustly has published for it. */
const isDeposit = ({ account, type, amount }: LedgerLine): boolean =>
  account.startsWith('SUSPENSE_ACCOUNT_CLIENT_FUNDS') &&
  type.startsWith('User deposit of client funds') &&
  !amount.startsWith('-')

/**
 * Trustly has no look-up of an order: its ledger alone shows deposits whose `credit` never arrived. It is searched from the day
 * of the order on. What it does not show proves nothing. @see https://docs.trustly.com/api/accountledger (read 2026-11-21)
 */
export const createLookup = (calls: TrustlyCalls, now: () => Date): NonNullable<PaymentProvider['lookup']> => {
  const kept = new Map<string, { readonly until: number; readonly deposits: Promise<readonly LedgerLine[]> }>()

  return (record, signal) =>
    taskEither.tryCatch(async () => {
      const found: FoundReport[] = []
      for (const { deposit, orderId, currency, since } of waitingIn(record)) {
        const line = await findCredit(orderId, currency, since, signal)
        const shown = line && toFound(line, deposit, orderId)
        if (shown) found.push(shown)
      }
      return { found, absenceProves: false }
    }, toPaymentError)

  async function findCredit(
    orderId: string,
    currency: string,
    since: string,
    signal: AbortSignal,
  ): Promise<LedgerLine | null> {
    // Trustly's days may be Stockholm's, where it can be tomorrow already.
    const last = Math.min(now().getTime() + dayMs, Date.parse(since) + longestDays * dayMs)
    for (let time = Date.parse(since); dayOf(time) <= dayOf(last); time += dayMs) {
      const lines = await depositsOf(dayOf(time), currency, signal)
      const line = lines.find((candidate) => candidate.orderId === orderId)
      if (line) return line
    }
    return null
  }

  function depositsOf(day: string, currency: string, signal: AbortSignal): Promise<readonly LedgerLine[]> {
    const key = `${day} ${currency}`
    const known = kept.get(key)
    if (known && known.until > now().getTime()) return known.deposits
    const deposits = readDeposits(calls, day, currency, signal)
    kept.delete(key)
    kept.set(key, { until: now().getTime() + keptMs, deposits })
    deposits.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) if (kept.size > keptDays) kept.delete(oldest)
    return deposits
  }
}

const readDeposits = async (calls: TrustlyCalls, day: string, currency: string, signal: AbortSignal) => {
  const deposits: LedgerLine[] = []
  const until = dayOf(Date.parse(day) + dayMs)
  for await (const line of readLedger(calls, { from: day, until, currency, signal }))
    if (isDeposit(line)) deposits.push(line)
  return deposits
}

interface Waiting {
  readonly deposit: PaymentRef
  readonly orderId: string
  readonly currency: string
  readonly since: string
}

const waitingIn = (record: PaymentRecord): readonly Waiting[] => {
  const credited = new Set(factsOf(interpret(record), 'deposit.credited').map(({ intent }) => intent))
  return record.intents.flatMap(({ intent, begunAt }) => {
    const deposit = paymentRef(intent)
    const orderId = intent.kind === 'deposit' ? orderIdOf(record, deposit) : null
    return orderId === null || credited.has(deposit)
      ? []
      : [{ deposit, orderId, currency: intent.expect.currency, since: begunAt }]
  })
}

const toFound = (line: LedgerLine, intent: PaymentRef, vendorId: string): FoundReport | null => {
  const money = readVendorMoney(line.amount, line.currency)
  return (
    money && {
      report: { id: `ledger|${vendorId}`, at: line.at, vendorId, method: 'AccountLedger', money, members: {} },
      intent,
      learns: false,
    }
  )
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const toPaymentError = (reason: unknown): PaymentError =>
  reason instanceof PaymentError
    ? reason
    : new PaymentError({
        code: 'vendor_error',
        effect: 'refused',
        again: 'same_attempt',
        message: 'The ledger could not be read.',
        hint: 'This is a fault of the adapter: report it.',
      })

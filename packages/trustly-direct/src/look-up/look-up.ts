import {
  dayMs,
  type FoundReport,
  factsOf,
  minuteMs,
  PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  readVendorMoney,
  taskEither,
} from '@railswitch/core/provider'
import { type LedgerLine, readLedger } from '../client/statements/ledger.ts'
import type { TrustlyCalls } from '../client/typed-calls.ts'
import { interpret } from '../interpret/interpret.ts'
import { orderIdOf } from '../operations/order-data.ts'

/** Trustly cancels a deposit whose money has not arrived within these days. */
const longestDays = 14
/** A busy account's day is large, and one response serves every open deposit of that day. */
const cachedMs = 15 * minuteMs
const cachedDays = 32

/**
 * Finds deposits whose `credit` never arrived. Trustly has no look-up of an order, only the ledger, which is read from the day of the
 * order on. A deposit that is not in it may still be credited. @see https://docs.trustly.com/api/accountledger (read 2026-11-21)
 */
export const lookUp = (client: TrustlyCalls, now: () => Date): NonNullable<PaymentProvider['lookUp']> => {
  const depositsOf = cachedDeposits(client, now)
  return (record, signal) =>
    taskEither.tryCatch(async () => {
      const found: FoundReport[] = []
      for (const open of openDepositsIn(record)) {
        const line = await findCredit(open, depositsOf, now(), signal)
        const report = line && toFoundReport(line, open)
        if (report) found.push(report)
      }
      return { found, absenceProves: false }
    }, toPaymentError)
}

/** The deposits of one day and currency in the ledger. */
type DepositsOf = (day: string, currency: string, signal: AbortSignal) => Promise<readonly LedgerLine[]>

const cachedDeposits = (client: TrustlyCalls, now: () => Date): DepositsOf => {
  const cache = new Map<string, { readonly until: number; readonly deposits: Promise<readonly LedgerLine[]> }>()
  return (day, currency, signal) => {
    const key = `${day} ${currency}`
    const cached = cache.get(key)
    if (cached && cached.until > now().getTime()) return cached.deposits
    const deposits = readDeposits(client, day, currency, signal)
    cache.delete(key)
    cache.set(key, { until: now().getTime() + cachedMs, deposits })
    deposits.catch(() => cache.delete(key))
    for (const [one, { until }] of cache) if (until <= now().getTime() || cache.size > cachedDays) cache.delete(one)
    return deposits
  }
}

const readDeposits = async (client: TrustlyCalls, day: string, currency: string, signal: AbortSignal) => {
  const deposits: LedgerLine[] = []
  const until = dayOf(Date.parse(day) + dayMs)
  for await (const line of readLedger(client, { from: day, until, currency, signal }))
    if (isDeposit(line)) deposits.push(line)
  return deposits
}

/** The account on which orders' money is booked, in the only words that Trustly has published for it. */
const isDeposit = ({ account, type, amount }: LedgerLine): boolean =>
  account.startsWith('SUSPENSE_ACCOUNT_CLIENT_FUNDS') &&
  type.startsWith('User deposit of client funds') &&
  !amount.startsWith('-')

/** A deposit that has an order at Trustly and is not credited. */
interface OpenDeposit {
  readonly deposit: PaymentRef
  readonly orderId: string
  readonly currency: string
  readonly since: string
}

const openDepositsIn = (record: PaymentRecord): readonly OpenDeposit[] => {
  const credited = new Set(factsOf(interpret(record), 'deposit.credited').map(({ intent }) => intent))
  return record.intents.flatMap(({ intent, begunAt }) => {
    const deposit = paymentRef(intent)
    const orderId = intent.kind === 'deposit' ? orderIdOf(record, deposit) : null
    return orderId === null || credited.has(deposit)
      ? []
      : [{ deposit, orderId, currency: intent.expect.currency, since: begunAt }]
  })
}

const findCredit = async (
  { orderId, currency, since }: OpenDeposit,
  depositsOf: DepositsOf,
  now: Date,
  signal: AbortSignal,
): Promise<LedgerLine | null> => {
  // Trustly's days may be Stockholm's, where tomorrow has begun already.
  const last = Math.min(now.getTime() + dayMs, Date.parse(since) + longestDays * dayMs)
  for (let time = Date.parse(since); dayOf(time) <= dayOf(last); time += dayMs) {
    const lines = await depositsOf(dayOf(time), currency, signal)
    const line = lines.find((candidate) => candidate.orderId === orderId)
    if (line) return line
  }
  return null
}

const toFoundReport = (line: LedgerLine, { deposit: intent, orderId: vendorId }: OpenDeposit): FoundReport | null => {
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
        retry: 'same_attempt',
        message: 'The ledger could not be read.',
        hint: 'This is a fault of the provider: report it.',
      })

import {
  type Days,
  dayMs,
  decimalOf,
  hourMs,
  invalid,
  isLeft,
  negated,
  PaymentError,
  type PaymentProvider,
  parseMoney,
  providerFailed,
  reportError,
  type VendorLedger,
  type VendorLine,
  type VendorLineKind,
  withTimeoutSignal,
} from '@railswitch/core'
import { createBooksReviews } from './books-reviews.ts'
import { createBalanceCheck, type LedgerBalance, readOpening } from './check-balances.ts'
import { type CurrencyTotals, createTotals, type Totals } from './day-totals.ts'
import { type BooksContext, createDescribe } from './describe-difference.ts'
import type { Difference } from './difference.ts'
import {
  type BookRow,
  createMatching,
  dayAfter,
  dayOf,
  type LedgerEntry,
  type RowEntry,
  windowDays,
} from './match-lines.ts'
import { createSettlementMatching } from './match-settlements.ts'
import { movementsOf } from './movements.ts'

/** One day of a rail, when nothing can change it in this run any more. */
export interface LedgerDay {
  readonly rail: string
  /** `2026-01-31`, in UTC. */
  readonly day: string
  /** Lines of the vendor's ledger. */
  readonly lines: number
  readonly totals: readonly CurrencyTotals[]
  readonly differences: readonly Difference[]
}

type Report = 'ledger' | 'settlement' | 'balance'

/** The vendor's books of one rail, compared with the store and with the application's rows. */
export interface RailLedger {
  readonly rail: string
  /** Whether every line and every payment is explained, and nothing failed. */
  readonly agrees: boolean
  readonly lines: number
  /** Sums of the whole period. */
  readonly totals: readonly CurrencyTotals[]
  /** The first thousand; `onDay` receives all of them. */
  readonly differences: readonly Difference[]
  readonly differenceCount: number
  /** Payments and lines that are too young to say that the other side lacks them. Compare their days again later. */
  readonly awaited: number
  /** What the vendor does not report, and why. */
  readonly notReported: readonly { readonly kind: VendorLineKind; readonly why: string }[]
  /** Days whose report could not be read, with the reason. The differences of the days around them are not complete. */
  readonly failed: readonly { readonly day: string; readonly report: Report; readonly why: string }[]
  /** The settlement identity; empty unless `opening` was given, `to` is today and every report was read. */
  readonly balances: readonly LedgerBalance[]
}

/** What a call of `reconcile` gives for the comparison of the books. */
export interface BooksInput {
  /** Your own rows of one day (UTC) and rail, for sums and differences on three sides. */
  readonly rows?: (day: string, rail: string) => Iterable<BookRow> | AsyncIterable<BookRow>
  /** Whether a line belongs to another program that uses the account. Its money is summed as `foreign`, and it is no difference. */
  readonly isForeign?: (line: VendorLine) => boolean
  /**
   * The balance of each currency when `from` began, such as `{ SEK: '1403.64' }`; `{}` if you do not know it yet. If `to` is today, it is
   * compared with the balance that the vendor tells now. Trustly allows this once in 15 minutes.
   */
  readonly opening?: Readonly<Record<string, string>>
  /** Receives each day, in order, as soon as it is complete. */
  readonly onDay?: (day: LedgerDay) => void | Promise<void>
}

export interface LedgerRail {
  readonly rail: string
  readonly provider: PaymentProvider
  readonly ledger: VendorLedger
}

const mostDifferences = 1_000
/** One report of one day. */
const longestReportMs = hourMs
/** A row of the last day of the window can still be about a line of the first. */
const openDays = 2 * windowDays + 1

/** Compares the days one after the other. The memory that it takes does not depend on their number. */
export const compareLedger = async <Tx>(
  context: BooksContext<Tx>,
  { rail, provider, ledger }: LedgerRail,
  { from, to }: Days,
  input: BooksInput,
): Promise<RailLedger> => {
  const { store, rules, logger } = context
  const { rows, isForeign = () => false, onDay, opening } = input
  const balanceCheck = createBalanceCheck(readOpening(opening ?? {}))
  /** Of the newest day, to know what is booked later. */
  const newest = createOrdinals()
  const newestLines = new Set<string>()
  const failed: RailLedger['failed'][number][] = []
  const failedDays = new Set<string>()
  const refused = new Set<string>()
  const differences: Difference[] = []
  const openDifferences = new Map<string, Difference[]>()
  const lineCounts = new Map<string, number>()
  const period = createTotals()
  const settlements = createSettlementMatching()
  const reviews = createBooksReviews(context, rail)
  const describe = createDescribe(context, {
    rail,
    ledger,
    now: context.now().getTime(),
    failedDays: () => [...failedDays],
  })
  const matching = createMatching({
    byReference: ledger.namesReferences === true,
    hasRows: rows !== undefined,
    matched: reviews.matched,
  })
  const firstDay = dayAfter(from, -windowDays)
  // The vendor's day may be that of a time zone where tomorrow has begun.
  const lastDay = [dayAfter(to, windowDays), dayAfter(dayOf(context.now().getTime()), 1)].sort()[0] ?? to
  let sum = { lines: 0, count: 0, awaited: 0 }
  let day = firstDay
  for (; day <= lastDay && !context.isClosed(); day = dayAfter(day)) {
    await addMovements(day)
    await addRows(day)
    await addLines(day)
    await addSettlements(day)
    await closeDay(dayAfter(day, -windowDays))
    await completeDay(dayAfter(day, -openDays))
  }
  const balances = await checkBalances()
  if (context.isClosed()) failed.push({ day, report: 'ledger', why: 'the process ends' })
  for (let open = dayAfter(day, -windowDays); open <= day; open = dayAfter(open)) await closeDay(open)
  for (let open = dayAfter(day, -openDays); open <= day; open = dayAfter(open)) await completeDay(open)
  return {
    rail,
    agrees: sum.count === 0 && failed.length === 0,
    lines: sum.lines,
    totals: period.read(),
    differences,
    differenceCount: sum.count,
    awaited: sum.awaited,
    notReported: ledger.notReported,
    failed,
    balances,
  }

  async function addMovements(of: string): Promise<void> {
    const span = { from: `${of}T00:00:00.000Z`, until: `${dayAfter(of)}T00:00:00.000Z` }
    for await (const record of store.happenedBetween(span))
      for (const movement of movementsOf(record, rules.derive(record).facts, rail))
        if (movement.at >= span.from && movement.at < span.until) {
          reviews.noteRecord(movement, record)
          matching.addMovement(movement, of)
        }
  }

  async function addRows(of: string): Promise<void> {
    if (!rows) return
    const ordinals = createOrdinals()
    for await (const row of rows(of, rail)) matching.addRow(rowEntry(row, of, ordinals))
  }

  async function addLines(of: string): Promise<void> {
    const { daysAtOnce = 1 } = ledger
    if ((Date.parse(of) - Date.parse(firstDay)) % (daysAtOnce * dayMs) !== 0) return
    const last = [dayAfter(of, daysAtOnce - 1), lastDay].sort()[0] ?? of
    const lines = await readReport(of, 'ledger', (signal) => ledger.lines({ from: of, to: last }, signal))
    if (lines === null)
      for (let missing = dayAfter(of); missing <= last; missing = dayAfter(missing)) failedDays.add(missing)
    const ordinals = createOrdinals()
    for (const read of lines ?? []) {
      const line: LedgerEntry = { ...read, day: dayOf(read.at), id: ordinals(lineText(read)) }
      lineCounts.set(line.day, (lineCounts.get(line.day) ?? 0) + 1)
      matching.addLine(line, isForeign(read))
      settlements.addLine(line)
      if (line.day >= from) balanceCheck.add(read)
      if (line.day >= to) newestLines.add(newest(lineText(read)))
      if (line.kind === null) note(describe.unknownLine(line))
    }
  }

  async function addSettlements(of: string): Promise<void> {
    const { settled } = ledger
    if (!settled) return
    const lines = await readReport(of, 'settlement', (signal) => settled(of, signal))
    if (lines === null) settlements.skip(of)
    for (const finding of lines === null ? [] : settlements.addReport(of, lines, firstDay))
      note(describe.settlement(finding))
  }

  async function checkBalances(): Promise<readonly LedgerBalance[]> {
    const ask = ledger.balances
    if (!opening || !ask || failed.length > 0 || context.isClosed()) return []
    if (to < dayOf(context.now().getTime())) return []
    const reported = await readReport(to, 'balance', (signal) => ask(signal))
    // What is booked meanwhile may be in the balance.
    const again =
      reported && (await readReport(to, 'ledger', (signal) => ledger.lines({ from: to, to: lastDay }, signal)))
    if (!reported || !again) return []
    const repeated = createOrdinals()
    const later = again.filter((line) => dayOf(line.at) >= to && !newestLines.has(repeated(lineText(line))))
    const { balances: read, findings } = balanceCheck.compare(reported, later)
    for (const finding of findings) note(describe.balance(finding, to))
    return read
  }

  /** Null: the report could not be read, and nothing of it counts. */
  async function readReport<A>(
    of: string,
    report: Report,
    read: (signal: AbortSignal) => AsyncIterable<A>,
  ): Promise<readonly A[] | null> {
    if (refused.has(report)) {
      failedDays.add(of)
      return null
    }
    try {
      return await withTimeoutSignal(context, longestReportMs, async (signal) => {
        const found: A[] = []
        for await (const one of read(signal)) found.push(one)
        return found
      })
    } catch (error) {
      const message = `reconciliation: the ${report} of a day failed`
      const failure = error instanceof PaymentError ? error : providerFailed(provider.id, error)
      if (failure === error) logger.warn({ rail, day: of, code: failure.code, reason: failure.message }, message)
      else reportError(context, failure, { during: 'reconcile', message, rail, day: of })
      failed.push({ day: of, report, why: failure.message })
      // The account may not read this report on another day either.
      if (failure.code === 'misconfigured') refused.add(report)
      failedDays.add(of)
      return null
    }
  }

  async function closeDay(of: string): Promise<void> {
    for (const unmatched of matching.close(of)) {
      const described = await describe.unmatched(unmatched, of)
      if (described !== 'awaited') note(described.difference)
      else if (isCompared(of)) sum = { ...sum, awaited: sum.awaited + 1 }
      if (described !== 'awaited' && described.record && isCompared(described.difference.day))
        await reviews.recordReview(described)
    }
    await reviews.recordAgreements()
    for (const finding of settlements.close(of)) note(describe.settlement(finding))
  }

  async function completeDay(of: string): Promise<void> {
    const totals: Totals = matching.takeTotals(of)
    const lines = lineCounts.get(of) ?? 0
    const found = openDifferences.get(of) ?? []
    lineCounts.delete(of)
    openDifferences.delete(of)
    if (!isCompared(of)) return
    period.include(totals)
    sum = { ...sum, lines: sum.lines + lines, count: sum.count + found.length }
    differences.push(...found.slice(0, mostDifferences - differences.length))
    if (found.length > 0) logger.warn({ rail, day: of, differences: found.length }, 'reconciliation: the books differ')
    await onDay?.({ rail, day: of, lines, totals: totals.read(), differences: found })
  }

  function note(difference: Difference): void {
    const list = openDifferences.get(difference.day)
    if (list) list.push(difference)
    else openDifferences.set(difference.day, [difference])
  }

  function isCompared(of: string): boolean {
    return of >= from && of <= to
  }
}

const lineText = ({ at, vendorId, kind, amount, currency, text }: VendorLine): string =>
  [at, vendorId, kind, amount, currency, text].join('|')

/** Distinguishes equal texts by their number. */
const createOrdinals = (): ((text: string) => string) => {
  const counts = new Map<string, number>()
  return (text) => {
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    return count === 1 ? text : `${text}|${count}`
  }
}

const isOutgoing: ReadonlySet<BookRow['kind']> = new Set<BookRow['kind']>(['reversal', 'refund', 'payout'])

/** Throws `invalid_input` for a row that is not valid. */
const rowEntry = (row: BookRow, day: string, ordinals: (text: string) => string): RowEntry => {
  const money = parseMoney(row.amount)
  if (isLeft(money))
    throw invalid(
      'invalid_input',
      money.left.map(({ field, rule, fix }) => ({
        field: `rows.amount.${field}`,
        rule: `${rule} (${row.reference}, ${day})`,
        fix,
      })),
    )
  const amount = decimalOf(money.right)
  return {
    id: ordinals([day, row.reference, row.kind, money.right.value, money.right.currency].join('|')),
    day,
    reference: row.reference,
    kind: row.kind,
    amount: isOutgoing.has(row.kind) ? negated(amount) : amount,
    currency: money.right.currency,
  }
}

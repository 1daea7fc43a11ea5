import { type Decimal, formatDecimal } from '@railswitch/core'
import type { Difference, LedgerDay, RailLedger, ReconcileSummary } from 'railswitch'
import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { table } from '../output/table.ts'
import { counted, waitingText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import { differencesAsCsv } from './differences-as-csv.ts'

interface Options extends ApplicationOptions {
  readonly rail?: string
  readonly from?: string
  readonly to?: string
  readonly csv?: true
  readonly json?: true
}

export const runReconcile = async (
  { json, csv, rail, from, to, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const all: Difference[] = []
  const input = {
    ...(rail !== undefined && { rail }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    onDay: (day: LedgerDay): void => {
      if (json) all.push(...day.differences)
      if (csv) terminal.out(differencesAsCsv(day.differences))
      else if (from !== undefined) terminal.err(progressText(day))
    },
  }
  if (csv) terminal.out(differencesAsCsv('header'))
  const { summary, waiting } = await withApplication(options, terminal, async ({ payments, waiting }) => ({
    summary: await payments.reconcile(input),
    waiting,
  }))
  if (csv) for (const text of unreadTexts(summary)) terminal.err(text)
  else
    printResult(terminal, {
      json,
      result: { ...summary, ledgers: summary.ledgers.map((one) => withAll(one, all)), waiting: waiting.size },
      toText: () => `${summaryText(summary, terminal)}${waitingText(waiting)}`,
    })
  if (summary.rails.some(({ failed }) => failed > 0) || summary.ledgers.some(({ agrees }) => !agrees))
    throw new NegativeResult()
}

/** The summary itself has only the first thousand. */
const withAll = (ledger: RailLedger, all: readonly Difference[]): RailLedger => ({
  ...ledger,
  differences: all.filter(({ rail }) => rail === ledger.rail),
})

const progressText = ({ rail, day, lines, differences }: LedgerDay): string =>
  `${day} ${rail}: ${counted(lines, 'line')}, ${counted(differences.length, 'difference')}\n`

const summaryText = (summary: ReconcileSummary, terminal: Terminal): string => {
  const { rails, ledgers, notAsked } = summary
  return [
    rails.length === 0
      ? ''
      : table(
          rails.map((one) => [one.rail, ...[one.listed, one.recorded, one.unowned.length, one.failed].map(String)]),
          terminal,
          ['rail', 'listed', 'recorded', 'not in the store', 'failed'],
        ),
    ...ledgers.map((ledger) => ledgerText(ledger, terminal)),
    ...unreadTexts(summary),
    ...notAsked.map((one) => `${one.rail} was not asked: ${one.why}\n`),
  ].join('')
}

const ledgerText = (ledger: RailLedger, terminal: Terminal): string => {
  const { rail, agrees, lines, totals, differences, differenceCount, awaited, notReported } = ledger
  const found = agrees ? 'the books agree' : counted(differenceCount, 'difference')
  const sums = totals.flatMap(({ currency, vendor, store }) =>
    [...new Set([...Object.keys(vendor), ...Object.keys(store)])].map((kind) => [
      kind.replaceAll('_', ' '),
      currency,
      ...[vendor, store].map((book) => {
        const amount = (book as Readonly<Record<string, Decimal>>)[kind]
        return amount === undefined ? '' : formatDecimal(amount, currency)
      }),
    ]),
  )
  const places = differences.map((one) => [
    one.day,
    one.kind.replaceAll('_', ' '),
    `${formatDecimal(one.amount, one.currency)} ${one.currency}`,
    one.reference ?? one.vendorId ?? '',
    one.remedy.replaceAll('_', ' '),
  ])
  return [
    `\n${rail}: ${counted(lines, 'line')}, ${found}\n`,
    sums.length === 0 ? '' : table(sums, terminal, ['', 'currency', 'vendor', 'store']),
    places.length === 0 ? '' : table(places, terminal, ['day', 'difference', 'amount', 'payment', 'remedy']),
    differenceCount > differences.length
      ? `${counted(differenceCount - differences.length, 'further difference')}: --csv and --json print all of them.\n`
      : '',
    awaited === 0 ? '' : `${counted(awaited, 'payment')} too young to compare: run it again later.\n`,
    notReported.length === 0 ? '' : `${rail} does not report:\n`,
    ...notReported.map(({ kind, why }) => `  ${kind.replaceAll('_', ' ')}: ${why}\n`),
  ].join('')
}

const unreadTexts = ({ ledgers }: ReconcileSummary): readonly string[] =>
  ledgers.flatMap(({ rail, failed }) =>
    failed.map(({ day, report, why }) => `${rail}: the ${report} of ${day} was not read: ${why}\n`),
  )

import {
  addDecimals,
  type Decimal,
  fromUnits,
  isRoundedDown,
  negated,
  type SettledLine,
  toUnits,
} from '@railswitch/core'
import { dayAfter, directionOf, type LedgerEntry } from './match-lines.ts'

/** For so many days the lines of the ledger are in memory, so that a settlement of a week finds each of its lines. */
const keptDays = 9

/** What is wrong with a settlement, or with a line of it. */
export type SettlementFinding =
  | {
      readonly kind: 'settled_line_without_ledger_line' | 'unknown_line'
      readonly day: string
      readonly line: SettledLine
    }
  | {
      readonly kind: 'line_not_settled' | 'settlement_without_report'
      readonly day: string
      readonly line: LedgerEntry
    }
  | {
      readonly kind: 'settlement_total_differs' | 'settlement_without_line'
      readonly day: string
      readonly settlement: Settlement
    }

/** One settlement of a report. */
export interface Settlement {
  readonly id: string
  readonly currency: string
  readonly total: Decimal
  /** The exact sum of its lines. */
  readonly sum: Decimal
}

/**
 * Compares settlement reports with the ledger: each settled line is in the ledger, no ledger line of the time is missing, the lines are
 * the total, and the total left for the bank.
 */
export const createSettlementMatching = () => {
  /** Per currency and day, what is not settled. */
  const unsettled = new Map<string, LedgerEntry[]>()
  const paid: LedgerEntry[] = []
  const expected: (Settlement & { readonly day: string })[] = []
  const reported = new Set<string>()
  let keptFrom = ''

  return {
    addLine: (line: LedgerEntry): void => {
      if (line.kind === 'settlement') {
        paid.push(line)
        return
      }
      const key = `${line.currency} ${line.day}`
      const list = unsettled.get(key)
      if (list) list.push(line)
      else unsettled.set(key, [line])
      keptFrom = keptFrom === '' ? line.day : keptFrom
    },

    /** The settlements of one day. They cover what was booked before it. */
    addReport: (day: string, lines: readonly SettledLine[], firstDay: string): readonly SettlementFinding[] => {
      const findings: SettlementFinding[] = []
      const oldest = dayAfter(day, -keptDays) > firstDay ? dayAfter(day, -keptDays) : firstDay
      for (const group of groupsOf(lines)) {
        const [{ currency, settlement: id, total }] = group
        reported.add(currency)
        let exact = 0n
        let isComplete = true
        for (const line of group) {
          if (line.kind === null) findings.push({ kind: 'unknown_line', day, line })
          const found = take(line)
          if (found) exact += toUnits(found.amount)
          else if (line.at.slice(0, 10) < oldest) isComplete = false
          else findings.push({ kind: 'settled_line_without_ledger_line', day, line })
        }
        const sum = addDecimals(...group.map(({ amount }) => amount))
        const isTotal = sum === total || (isComplete && isRoundedDown(total, fromUnits(exact), currency))
        const settlement = { id, currency, total, sum }
        if (!isTotal || group.some((line) => line.total !== total))
          findings.push({ kind: 'settlement_total_differs', day, settlement })
        expected.push({ ...settlement, day })
      }
      // After all settlements of the day: a currency can have several.
      const currencies = new Set(lines.map(({ currency }) => currency))
      for (const [key, list] of unsettled) {
        const [currency = '', booked = ''] = key.split(' ')
        if (!currencies.has(currency) || booked >= day) continue
        unsettled.delete(key)
        findings.push(...list.map((line) => ({ kind: 'line_not_settled' as const, day: line.day, line })))
      }
      for (const key of unsettled.keys())
        if ((key.split(' ')[1] ?? '') < dayAfter(day, -keptDays)) unsettled.delete(key)
      return findings
    },

    /** The report of a day could not be read: nothing can be concluded about the lines before it. */
    skip: (day: string): void => {
      for (const key of unsettled.keys()) if ((key.split(' ')[1] ?? '') < day) unsettled.delete(key)
    },

    /** Money to the bank and settlements up to this day that do not explain each other. */
    close: (day: string): readonly SettlementFinding[] => {
      const findings: SettlementFinding[] = []
      for (const settlement of [...expected]) {
        if (settlement.day > day) continue
        expected.splice(expected.indexOf(settlement), 1)
        if (settlement.total === '0') continue
        const index = paid.findIndex(
          (line) =>
            line.currency === settlement.currency &&
            isRoundedDown(negated(settlement.total), line.amount, line.currency),
        )
        if (index >= 0) paid.splice(index, 1)
        else findings.push({ kind: 'settlement_without_line', day: settlement.day, settlement })
      }
      for (const line of [...paid]) {
        if (line.day > day) continue
        // A report of the next days may explain it.
        if (expected.some(({ currency }) => currency === line.currency)) continue
        paid.splice(paid.indexOf(line), 1)
        if (reported.has(line.currency)) findings.push({ kind: 'settlement_without_report', day: line.day, line })
      }
      return findings
    },
  }

  function take(line: SettledLine): LedgerEntry | undefined {
    const key = `${line.currency} ${line.at.slice(0, 10)}`
    const list = unsettled.get(key) ?? []
    const index = list.findIndex((one) => isSame(one, line))
    const [found] = index >= 0 ? list.splice(index, 1) : []
    if (list.length === 0) unsettled.delete(key)
    return found
  }
}

const isSame = (line: LedgerEntry, settled: SettledLine): boolean =>
  line.at === settled.at &&
  line.vendorId === settled.vendorId &&
  meaningOf(line) === meaningOf(settled) &&
  isRoundedDown(settled.amount, line.amount, line.currency)

/** The ledger does not tell refunds of payouts for sure. */
const meaningOf = ({ kind }: Pick<LedgerEntry, 'kind'>): string => directionOf(kind) ?? kind ?? ''

const groupsOf = (lines: readonly SettledLine[]): readonly (readonly [SettledLine, ...SettledLine[]])[] => {
  const groups = new Map<string, [SettledLine, ...SettledLine[]]>()
  for (const line of lines) {
    const key = `${line.currency} ${line.settlement}`
    const group = groups.get(key)
    if (group) group.push(line)
    else groups.set(key, [line])
  }
  return [...groups.values()]
}

import {
  type Decimal,
  formatDecimal,
  fromUnits,
  type Issue,
  invalid,
  readDecimal,
  toUnits,
  type VendorBalance,
  type VendorLine,
} from '@railswitch/core'

/** The settlement identity of one currency: opening + movements − settled = closing. */
export interface LedgerBalance {
  readonly currency: string
  /** As given; if it was not, what the closing balance and the lines say. */
  readonly opening: Decimal
  /** What the vendor says that the account has now. */
  readonly closing: Decimal
}

/** What the vendor says that the account has, and what it should have. */
export interface BalanceFinding {
  readonly currency: string
  readonly closing: Decimal
  readonly expected: Decimal
}

/** Throws `invalid_input`. */
export const readOpening = (opening: Readonly<Record<string, string>>): ReadonlyMap<string, bigint> => {
  const read = Object.entries(opening).map(([currency, value]) => [currency, readDecimal(value)] as const)
  const issues: readonly Issue[] = read.flatMap(([currency, value]) =>
    value === null
      ? [{ field: `opening.${currency}`, rule: 'is not a decimal number', fix: "write it such as '1403.64'" }]
      : [],
  )
  if (issues.length > 0) throw invalid('invalid_input', issues)
  return new Map(read.map(([currency, value]) => [currency, toUnits(value ?? ('0' as Decimal))]))
}

/** Sums the lines of a period, and compares them with the balance. */
export const createBalanceCheck = (opening: ReadonlyMap<string, bigint>) => {
  const sums = new Map<string, bigint>()
  return {
    add: ({ currency, amount }: VendorLine): void =>
      void sums.set(currency, (sums.get(currency) ?? 0n) + toUnits(amount)),

    /** `later`: lines that were booked while the balance was asked for. It may include some of them. */
    compare: (reported: readonly VendorBalance[], later: readonly VendorLine[]) => {
      const amounts = new Map(reported.map(({ currency, amount }) => [currency, amount]))
      const currencies = [...new Set([...amounts.keys(), ...sums.keys(), ...opening.keys()])].sort()
      const balances: LedgerBalance[] = []
      const findings: BalanceFinding[] = []
      for (const currency of currencies) {
        const closing = amounts.get(currency) ?? ('0' as Decimal)
        const sum = sums.get(currency) ?? 0n
        const first = opening.get(currency)
        balances.push({ currency, opening: fromUnits(first ?? toUnits(closing) - sum), closing })
        if (first === undefined) continue
        let expected = first + sum
        const possible = [
          expected,
          ...later
            .flatMap((line) => (line.currency === currency ? [line] : []))
            .map(({ amount }) => (expected += toUnits(amount))),
        ]
        if (!possible.some((one) => isSame(one, toUnits(closing), currency)))
          findings.push({ currency, closing, expected: fromUnits(first + sum) })
      }
      return { balances, findings }
    },
  }
}

/** The ledger has up to 20 decimals, and a balance has those of its currency. */
const isSame = (one: bigint, other: bigint, currency: string): boolean => {
  const unit = toUnits(formatDecimal('0' as Decimal, currency).replace(/0$/, '1') as Decimal)
  const difference = one - other
  return difference < unit && difference > -unit
}

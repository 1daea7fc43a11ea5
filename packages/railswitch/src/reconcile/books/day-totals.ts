import { type Decimal, fromUnits, toUnits, type VendorLineKind } from '@railswitch/core'
import type { PaymentLineKind } from './movements.ts'

/** Exact sums of one currency, each signed from the merchant's view: what comes in is positive. */
export interface CurrencyTotals {
  readonly currency: string
  /** The vendor's lines by their kind, `unknown` for lines that are not known, `foreign` for those of other programs. */
  readonly vendor: Readonly<Partial<Record<VendorLineKind | 'unknown' | 'foreign', Decimal>>>
  /** The store's money, on the day of the vendor's line, otherwise on its own day. */
  readonly store: Readonly<Partial<Record<PaymentLineKind, Decimal>>>
  /** The application's rows, on the day of their payment; empty if none are given. */
  readonly application: Readonly<Partial<Record<PaymentLineKind, Decimal>>>
  /** What the vendor's lines have in decimals that the currency does not have. */
  readonly rounding: Decimal
  /** All of the vendor's lines except settlements. Opening balance + movements − settled = closing balance. */
  readonly movements: Decimal
  /** Money to the merchant's own bank account. */
  readonly settled: Decimal
}

type Book = 'vendor' | 'store' | 'application'

/** Sums in memory that does not grow with the number of lines. */
export interface Totals {
  readonly add: (book: Book, kind: string, amount: Decimal, currency: string) => void
  readonly addRounding: (amount: Decimal, currency: string) => void
  readonly include: (others: Totals) => void
  readonly sums: ReadonlyMap<string, bigint>
  readonly read: () => readonly CurrencyTotals[]
}

export const createTotals = (): Totals => {
  const sums = new Map<string, bigint>()
  const addUnits = (key: string, units: bigint): void => void sums.set(key, (sums.get(key) ?? 0n) + units)
  const read = (): readonly CurrencyTotals[] => {
    const currencies = [...new Set([...sums.keys()].map((key) => key.split(' ')[0] ?? ''))].sort()
    return currencies.map((currency) => {
      const book = (name: Book) =>
        Object.fromEntries(
          [...sums]
            .filter(([key]) => key.startsWith(`${currency} ${name} `))
            .map(([key, units]) => [key.split(' ')[2] ?? '', fromUnits(units)]),
        )
      const vendor = book('vendor')
      const settlement = sums.get(`${currency} vendor settlement`) ?? 0n
      const all = [...sums].reduce(
        (sum, [key, units]) => (key.startsWith(`${currency} vendor `) ? sum + units : sum),
        0n,
      )
      return {
        currency,
        vendor,
        store: book('store'),
        application: book('application'),
        rounding: fromUnits(sums.get(`${currency} rounding`) ?? 0n),
        movements: fromUnits(all - settlement),
        settled: fromUnits(-settlement),
      }
    })
  }
  return {
    add: (book, kind, amount, currency) => addUnits(`${currency} ${book} ${kind}`, toUnits(amount)),
    addRounding: (amount, currency) => addUnits(`${currency} rounding`, toUnits(amount)),
    include: (others) => {
      for (const [key, units] of others.sums) addUnits(key, units)
    },
    sums,
    read,
  }
}

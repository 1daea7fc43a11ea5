import { type Money, ownMethods, type RecordedIntent, type Report } from '@railswitch/core'
import { type OrderReports, ofMethod, withMoney } from './order-reports.ts'

export type MoneyReport = Report & { readonly money: Money }

/** The `credit`s of a deposit's order, told apart. */
export interface Credits {
  /** The deposit's own money: its notification and the ledger's line. */
  readonly own: readonly MoneyReport[]
  /** Refunds that came back. */
  readonly returned: readonly MoneyReport[]
  /** Neither: there was no refund that could have come back. */
  readonly strange: readonly MoneyReport[]
  /** One or the other: only a person can tell. */
  readonly unclear: readonly MoneyReport[]
}

/** How far Trustly's clock and ours may be apart. */
const clockSkewMs = 60_000

/**
 * A `credit` is the deposit's own money or that of a refund which came back: nothing in it says which. The first one is the
 * deposit's, unless its credit is known otherwise (from the ledger, or an import): then its time decides.
 */
export const creditsOf = (order: OrderReports, refunds: readonly RecordedIntent[]): Credits => {
  const credits = withMoney(ofMethod(order, 'credit'))
  const ledger = withMoney(ofMethod(order, 'AccountLedger'))
  const [firstRefund] = refunds.map(({ begunAt }) => begunAt).sort()
  if (firstRefund === undefined) {
    const [own, ...strange] = credits
    return { own: [...ledger, ...(own ? [own] : [])], returned: [], strange, unclear: [] }
  }
  const isKnownOtherwise = ledger.length > 0 || isImported(order)
  const when = (credit: MoneyReport) => timeOf(credit, firstRefund)
  const early = credits.filter((credit) => when(credit) === 'before')
  const [own = isKnownOtherwise ? undefined : credits[0]] = early
  const rest = credits.filter((credit) => credit !== own)
  const isUnclear = (credit: MoneyReport): boolean => own === undefined && when(credit) === 'unclear'
  return {
    own: [...ledger, ...(own ? [own] : [])],
    returned: rest.filter((credit) => when(credit) !== 'before' && !isUnclear(credit)),
    strange: rest.filter((credit) => when(credit) === 'before'),
    unclear: rest.filter(isUnclear),
  }
}

/** A time that Trustly did not tell, or that is too near for two clocks, is unclear. */
const timeOf = ({ at, members }: Report, firstRefund: string): 'before' | 'after' | 'unclear' => {
  if (members.timestamp === undefined) return 'unclear'
  const apart = Date.parse(at) - Date.parse(firstRefund)
  if (Math.abs(apart) <= clockSkewMs) return 'unclear'
  return apart < 0 ? 'before' : 'after'
}

const isImported = ({ intent, record }: OrderReports): boolean =>
  record.reports.some(
    (report) =>
      report.intent === intent && report.method === ownMethods.imported && report.members.state === 'credited',
  )

import { ownMethods, type RecordedIntent, type Report, sameMoney } from '@railswitch/core'
import { ledgerLines, type MoneyReport, type OrderReports, ofMethod, withMoney } from './order-reports.ts'

/** The `credit`s of a deposit's order, told apart. */
export interface Credits {
  /** The deposit's own money: its notification and the ledger's line. */
  readonly own: readonly MoneyReport[]
  /** Refunds that came back. */
  readonly returned: readonly MoneyReport[]
  /** Neither: there was no refund that could have come back. */
  readonly strange: readonly MoneyReport[]
  /** The ledger's lines of strange money. */
  readonly linesOfStrange: readonly MoneyReport[]
  /** One or the other: only a person can tell. */
  readonly unclear: readonly MoneyReport[]
}

/** How far Trustly's clock and ours may be apart. */
const clockSkewMs = 60_000

/**
 * A `credit` is the deposit's own money, that of a refund which came back, or money that was taken back and came again: nothing
 * in it says which. One is the deposit's, as there would be no refund without it, unless its credit is known otherwise, from
 * the ledger, an import or a person: then the time decides.
 */
export const creditsOf = (order: OrderReports, refunds: readonly RecordedIntent[]): Credits => {
  const credits = withMoney(ofMethod(order, 'credit'))
  const ledger = ledgerLines(order)
  const [firstRefund] = refunds.map(({ begunAt }) => begunAt).sort()
  const at = (time: Time) => credits.filter((credit) => timeOf(credit, firstRefund) === time)
  const isNoRefunds = ({ money }: MoneyReport): boolean =>
    sameMoney(money, order.recorded.intent.expect) && !refunds.some(({ intent }) => sameMoney(intent.expect, money))
  const candidates =
    ledger.length > 0 || isKnownOtherwise(order)
      ? [at('before'), at('unclear').filter(isNoRefunds)]
      : [at('before'), at('unclear'), credits]
  const own = candidates.flatMap((some) => likeliest(order, some))[0]
  const rest = credits.filter((credit) => credit !== own)
  const isUnclear = (credit: MoneyReport): boolean =>
    (own === undefined && timeOf(credit, firstRefund) === 'unclear') || mayHaveComeAgain(order, refunds, credit)
  const isStrange = (credit: MoneyReport): boolean => timeOf(credit, firstRefund) === 'before'
  const linesOfStrange = ledger.filter(
    ({ money }) =>
      own !== undefined &&
      !sameMoney(own.money, money) &&
      rest.some((credit) => isStrange(credit) && sameMoney(credit.money, money)),
  )
  return {
    own: withMoney(order.reports).filter(
      (report) => report === own || (ledger.includes(report) && !linesOfStrange.includes(report)),
    ),
    linesOfStrange,
    returned: rest.filter((credit) => !isStrange(credit) && !isUnclear(credit)),
    strange: rest.filter(isStrange),
    unclear: rest.filter((credit) => !isStrange(credit) && isUnclear(credit)),
  }
}

/** The earliest one of the expected amount; where there is none, the earliest one. */
const likeliest = ({ recorded }: OrderReports, credits: readonly MoneyReport[]): readonly MoneyReport[] => {
  const expected = credits.find(({ money }) => sameMoney(money, recorded.intent.expect))
  return expected ? [expected] : credits.slice(0, 1)
}

type Time = 'before' | 'after' | 'unclear'

/** A time that Trustly did not tell, or that is too near for two clocks, is unclear. Without a refund, all is before it. */
const timeOf = ({ at, members }: Report, firstRefund: string | undefined): Time => {
  if (firstRefund === undefined) return 'before'
  if (members.timestamp === undefined) return 'unclear'
  const apart = Date.parse(at) - Date.parse(firstRefund)
  if (Math.abs(apart) <= clockSkewMs) return 'unclear'
  return apart < 0 ? 'before' : 'after'
}

/** Both that much was refunded, and that much was taken back by then: one of the two came again. */
const mayHaveComeAgain = (
  order: OrderReports,
  refunds: readonly RecordedIntent[],
  { money, at, members }: MoneyReport,
): boolean =>
  refunds.some(({ intent }) => sameMoney(intent.expect, money)) &&
  withMoney(ofMethod(order, 'debit')).some(
    (debit) =>
      sameMoney(debit.money, money) &&
      (debit.at <= at || members.timestamp === undefined || debit.members.timestamp === undefined),
  )

const isKnownOtherwise = ({ intent, record }: OrderReports): boolean =>
  record.reports.some(
    ({ intent: about, method, members, proof }) =>
      about === intent &&
      proof === 'person' &&
      (method === ownMethods.personCredited || (method === ownMethods.imported && members.state === 'credited')),
  )

import { clockSkewMs, ownMethods, type RecordedIntent, type Report, sameMoney } from '@railswitch/core/provider'
import { ledgerLines, type MoneyReport, type OrderReports, ofMethod, withMoney } from './order-reports.ts'

/** The `credit`s of a deposit's order, by what they mean. */
export interface Credits {
  /** The deposit's own money: its notification and the ledger's line. */
  readonly own: readonly MoneyReport[]
  /** Refunds that came back. */
  readonly returned: readonly MoneyReport[]
  /** Neither: there was no refund that could have come back. */
  readonly unexpected: readonly MoneyReport[]
  /** The ledger's lines of unexpected money. */
  readonly linesOfUnexpected: readonly MoneyReport[]
  /** One or the other: a case for manual review. */
  readonly ambiguous: readonly MoneyReport[]
}

/**
 * A `credit` can be the deposit's own money, a refund that came back, or reversed money that came again. Trustly does not say which.
 * One `credit` is the deposit's own, because without it there would be no refund. If the ledger, an import or a manual review already
 * reported that money, the time decides.
 */
export const creditsOf = (order: OrderReports, refunds: readonly RecordedIntent[]): Credits => {
  const credits = withMoney(ofMethod(order, 'credit'))
  const ledger = ledgerLines(order)
  const [firstRefund] = refunds.map(({ begunAt }) => begunAt).sort()
  const at = (time: Time) => credits.filter((credit) => timeOf(credit, firstRefund) === time)
  const isNoRefunds = ({ money }: MoneyReport): boolean =>
    sameMoney(money, order.recorded.intent.expect) && !refunds.some(({ intent }) => sameMoney(intent.expect, money))
  const candidates =
    ledger.length > 0 || isReportedOtherwise(order)
      ? [at('before'), at('unclear').filter(isNoRefunds)]
      : [at('before'), at('unclear'), credits]
  const own = candidates.flatMap((some) => likeliest(order, some))[0]
  const rest = credits.filter((credit) => credit !== own)
  const isAmbiguous = (credit: MoneyReport): boolean =>
    (own === undefined && timeOf(credit, firstRefund) === 'unclear') || mayHaveComeAgain(order, refunds, credit)
  const isUnexpected = (credit: MoneyReport): boolean => timeOf(credit, firstRefund) === 'before'
  const linesOfUnexpected = ledger.filter(
    ({ money }) =>
      own !== undefined &&
      !sameMoney(own.money, money) &&
      rest.some((credit) => isUnexpected(credit) && sameMoney(credit.money, money)),
  )
  return {
    own: withMoney(order.reports).filter(
      (report) => report === own || (ledger.includes(report) && !linesOfUnexpected.includes(report)),
    ),
    linesOfUnexpected,
    returned: rest.filter((credit) => !isUnexpected(credit) && !isAmbiguous(credit)),
    unexpected: rest.filter(isUnexpected),
    ambiguous: rest.filter((credit) => !isUnexpected(credit) && isAmbiguous(credit)),
  }
}

/** The earliest one of the expected amount, or else the earliest one. */
const likeliest = ({ recorded }: OrderReports, credits: readonly MoneyReport[]): readonly MoneyReport[] => {
  const expected = credits.find(({ money }) => sameMoney(money, recorded.intent.expect))
  return expected ? [expected] : credits.slice(0, 1)
}

type Time = 'before' | 'after' | 'unclear'

/** The time is unclear if Trustly did not report it, or if the difference may be that of the clocks. Without a refund, it is before. */
const timeOf = ({ at, members }: Report, firstRefund: string | undefined): Time => {
  if (firstRefund === undefined) return 'before'
  if (members.timestamp === undefined) return 'unclear'
  const apart = Date.parse(at) - Date.parse(firstRefund)
  if (Math.abs(apart) <= clockSkewMs) return 'unclear'
  return apart < 0 ? 'before' : 'after'
}

/** The same amount was both refunded and reversed by then: one of the two came again. */
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

const isReportedOtherwise = ({ intent, record }: OrderReports): boolean =>
  record.reports.some(
    ({ intent: about, method, members, proof }) =>
      about === intent &&
      proof === 'person' &&
      (method === ownMethods.personCredited || (method === ownMethods.imported && members.state === 'credited')),
  )

import { compare, type Fact, groupBy, type Money, type PaymentRef, type Report } from '@railswitch/core/provider'

/** A version of an object, as one report shows it. */
export interface Version {
  readonly intent: PaymentRef
  readonly report: Report
  /** Meridian's name of the state: `payin.credited`. */
  readonly method: string
  readonly money: Money | null
  readonly number: number
}

/** The versions of an intent's objects, oldest first. Their times are not compared, because two changes can have the same time. */
export const toVersions = (intent: PaymentRef, reports: readonly Report[]): readonly Version[] =>
  reports
    .map((report) => ({
      intent,
      report,
      method: report.method,
      money: report.money ?? null,
      number: Number(report.members.version ?? 0) || 0,
    }))
    .sort((a, b) => a.number - b.number || compare(a.report.id, b.report.id))

/** The versions of each object: an intent has one, unless Meridian broke its own rules. */
export const byObject = (versions: readonly Version[]) => groupBy(versions, ({ report }) => report.vendorId)

/** The part of a fact that these versions prove together. */
export const provenBy = ([first, ...others]: readonly [Version, ...Version[]]) => {
  const all = [first, ...others]
  return {
    intent: first.intent,
    vendorId: first.report.vendorId,
    at: first.report.at,
    evidence: all.map(({ report }) => report.id),
    source: all.every(({ report }) => report.proof === 'lookup') ? 'lookup' : 'vendor',
    key: first.report.vendorId,
  } as const
}

export const isSome = (versions: readonly Version[]): versions is readonly [Version, ...Version[]] =>
  versions.length > 0

/** A state or a callback that this release does not know. */
export const unrecognised = (versions: readonly Version[], known: ReadonlySet<string>): readonly Fact[] =>
  versions.flatMap((version): readonly Fact[] => {
    const { report, method } = version
    return known.has(method) ? [] : [{ ...provenBy([version]), key: report.id, type: 'unrecognised', method }]
  })

import { compare, type Money, ownMethods, type PaymentRecord, type PaymentRef } from '@railswitch/core/provider'
import type { Reading } from './reading.ts'

/** A credited transaction of a deposit, by a proven report, an import or a person. */
export interface Credit {
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly amount: Money
}

/** Earliest first. */
export const creditsOf = (own: PaymentRecord, deposit: PaymentRef, captures: readonly Reading[]): readonly Credit[] => {
  const reported = captures.flatMap(({ vendorId, at, money, proven, errorcode, state }): readonly Credit[] =>
    proven && money && errorcode === '0' && state === 'credited' ? [{ vendorId, at, amount: money }] : [],
  )
  const [first] = [...reported].sort(byTime)
  return [
    ...reported,
    // An imported credit is earlier than every report.
    ...importsOf(own, deposit).map((credit) => ({ ...credit, at: '' })),
    // A person's decision without a transaction means the first one that was reported.
    ...decisionsOf(own, deposit).map((credit) =>
      first && credit.vendorId === deposit ? { ...credit, vendorId: first.vendorId } : credit,
    ),
  ].sort(byTime)
}

const byTime = (a: Credit, b: Credit): number =>
  compare(a.at, b.at) || compare(a.vendorId, b.vendorId) || compare(a.amount.value, b.amount.value)

/** Decisions of a person that the deposit is credited. */
export const decisionsOf = (own: PaymentRecord, deposit: PaymentRef): readonly Credit[] =>
  creditsByMethod(own, deposit, ownMethods.personCredited)

/** Imports of the deposit as credited. */
export const importsOf = (own: PaymentRecord, deposit: PaymentRef): readonly Credit[] =>
  creditsByMethod(own, deposit, ownMethods.imported)

const creditsByMethod = ({ reports }: PaymentRecord, deposit: PaymentRef, wanted: string): readonly Credit[] =>
  reports.flatMap(({ vendorId, at, money, method, members, intent }): readonly Credit[] => {
    if (intent !== deposit || !money || method !== wanted) return []
    return method === ownMethods.imported && members.state !== 'credited' ? [] : [{ vendorId, at, amount: money }]
  })

import { type Money, ownMethods, type PaymentRecord, type PaymentRef } from '@railswitch/core'
import type { Reading } from './reading.ts'

/** That a transaction of a deposit was credited, by a believed report of payabl, an import or a person. */
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
    // What was imported as credited was so before anything was reported here.
    ...importsOf(own, deposit).map((credit) => ({ ...credit, at: '' })),
    // What a person credited as no transaction was known is the one that came.
    ...decisionsOf(own, deposit).map((credit) =>
      first && credit.vendorId === deposit ? { ...credit, vendorId: first.vendorId } : credit,
    ),
  ].sort(byTime)
}

const byTime = (a: Credit, b: Credit): number =>
  order(a.at, b.at) || order(a.vendorId, b.vendorId) || order(a.amount.value, b.amount.value)

/** What persons said: that the deposit is credited. */
export const decisionsOf = (own: PaymentRecord, deposit: PaymentRef): readonly Credit[] =>
  said(own, deposit, ownMethods.personCredited)

/** As it stood when it was imported. */
export const importsOf = (own: PaymentRecord, deposit: PaymentRef): readonly Credit[] =>
  said(own, deposit, ownMethods.imported)

const said = ({ reports }: PaymentRecord, deposit: PaymentRef, wanted: string): readonly Credit[] =>
  reports.flatMap(({ vendorId, at, money, method, members, intent }): readonly Credit[] => {
    if (intent !== deposit || !money || method !== wanted) return []
    return method === ownMethods.imported && members.state !== 'credited' ? [] : [{ vendorId, at, amount: money }]
  })

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

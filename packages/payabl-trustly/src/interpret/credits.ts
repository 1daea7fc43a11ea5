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
export const creditsOf = (
  { reports }: PaymentRecord,
  deposit: PaymentRef,
  captures: readonly Reading[],
): readonly Credit[] =>
  [
    ...captures.flatMap(({ vendorId, at, money, proven, errorcode, state }): readonly Credit[] =>
      proven && money && errorcode === '0' && state === 'credited' ? [{ vendorId, at, amount: money }] : [],
    ),
    ...reports.flatMap(({ vendorId, at, money, method, members, intent }): readonly Credit[] => {
      const isImport = method === ownMethods.imported && members.state === 'credited'
      if (intent !== deposit || !money || !(isImport || method === ownMethods.personCredited)) return []
      // What was imported as credited was so before anything was reported here.
      return [{ vendorId, at: isImport ? '' : at, amount: money }]
    }),
  ].sort((a, b) => order(a.at, b.at) || order(a.vendorId, b.vendorId) || order(a.amount.value, b.amount.value))

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

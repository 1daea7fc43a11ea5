import type { Store, UnownedLimits } from '@railswitch/core/store'
import { beginCases } from './cases/begin.ts'
import { concludeCases } from './cases/conclude.ts'
import { dueCases } from './cases/due.ts'
import { foundByVendorIdCases } from './cases/found-by-vendor-id.ts'
import { happenedBetweenCases } from './cases/happened-between.ts'
import { intentRulesCases } from './cases/intent-rules.ts'
import { learnedIdsCases } from './cases/learned-ids.ts'
import { leasesCases } from './cases/leases.ts'
import { movedReportsCases } from './cases/moved-reports.ts'
import { ownershipCases } from './cases/ownership.ts'
import { proofsCases } from './cases/proofs.ts'
import { replacedIdsCases } from './cases/replaced-ids.ts'
import { reviewsCases } from './cases/reviews.ts'
import { tokensCases } from './cases/tokens.ts'
import { unownedReportsCases } from './cases/unowned-reports.ts'
import { wrongAddressCases } from './cases/wrong-address.ts'
import { type CaseBody, createHarness } from './harness/store-harness.ts'

/** A store under test. `close` ends what `create` opened. */
export interface StoreUnderTest<Tx = unknown> {
  readonly store: Store<Tx>
  readonly close?: () => Promise<void>
}

/** A rule that every store must keep. `run` rejects with an AssertionError if the store does not. */
export interface StoreCase {
  /** Such as `TOKEN-001`. It never changes its meaning. */
  readonly id: string
  readonly name: string
  readonly run: () => Promise<void>
}

/** What a store under test must use: `now` as its clock, and these limits of unowned reports. */
export interface StoreConditions {
  readonly now: () => Date
  readonly unowned: UnownedLimits
}

/** The cases that every implementation of `Store` must pass, for any test runner: `test.each(storeCases(create))('$id $name', ({ run }) => run())`. */
export const storeCases = (create: (conditions: StoreConditions) => Promise<StoreUnderTest>): readonly StoreCase[] =>
  Object.entries(bodies).map(([title, body]) => {
    const [id = '', ...words] = title.split(' ')
    return { id, name: words.join(' '), run: () => run(body, create) }
  })

const run = async (body: CaseBody, create: (conditions: StoreConditions) => Promise<StoreUnderTest>): Promise<void> => {
  let time = Date.parse('2026-01-01T00:00:00.000Z')
  const now = (): Date => new Date(time)
  const advance = (ms: number): void => {
    time += ms
  }
  const { store, close } = await create({ now, unowned: { reports: 5, days: 60 } })
  try {
    await body(createHarness(store, { advance, iso: () => now().toISOString() }))
  } finally {
    await close?.()
  }
}

const bodies: Readonly<Record<string, CaseBody>> = {
  ...beginCases,
  ...intentRulesCases,
  ...concludeCases,
  ...ownershipCases,
  ...tokensCases,
  ...wrongAddressCases,
  ...proofsCases,
  ...learnedIdsCases,
  ...foundByVendorIdCases,
  ...happenedBetweenCases,
  ...replacedIdsCases,
  ...unownedReportsCases,
  ...movedReportsCases,
  ...leasesCases,
  ...dueCases,
  ...reviewsCases,
}

import type { Store, UnownedLimits } from '@railswitch/core'
import { dueCases } from './due.ts'
import { intentCases } from './intents.ts'
import { leaseCases } from './leases.ts'
import { ownershipCases } from './ownership.ts'
import { reviewCases } from './reviews.ts'
import { type Body, benchOf } from './store-under-test.ts'
import { unownedCases } from './unowned.ts'
import { vendorIdCases } from './vendor-ids.ts'

/** A store under test. `close` ends what `create` opened. */
export interface StoreUnderTest {
  readonly store: Store
  readonly close?: () => Promise<void>
}

/** One rule that every store keeps. `run` rejects with an AssertionError when it does not. */
export interface StoreCase {
  readonly name: string
  readonly run: () => Promise<void>
}

/** What the cases ask of a store: `now` is its clock, which they move, and so few reports of strangers are to be stored. */
export interface StoreConditions {
  readonly now: () => Date
  readonly unowned: UnownedLimits
}

/** The cases that any implementation of `Store` passes, for any test runner: `test.each(storeCases(create))`. */
export const storeCases = (create: (conditions: StoreConditions) => Promise<StoreUnderTest>): readonly StoreCase[] =>
  Object.entries(bodies).map(([name, body]) => ({
    name,
    run: async () => {
      let time = Date.parse('2026-01-01T00:00:00.000Z')
      const now = (): Date => new Date(time)
      const pass = (ms: number): void => {
        time += ms
      }
      const { store, close } = await create({ now, unowned: { reports: 5, days: 60 } })
      try {
        await body(benchOf(store, { pass, iso: () => now().toISOString() }))
      } finally {
        await close?.()
      }
    },
  }))

const bodies: Readonly<Record<string, Body>> = {
  ...intentCases,
  ...ownershipCases,
  ...vendorIdCases,
  ...unownedCases,
  ...leaseCases,
  ...dueCases,
  ...reviewCases,
}

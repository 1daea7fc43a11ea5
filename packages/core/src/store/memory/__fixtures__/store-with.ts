import { bankSaying, fact } from '../../../__fixtures__/bank.ts'
import { deposit, report, started } from '../../../__fixtures__/records.ts'
import type { Fact } from '../../../record/fact.ts'
import type { Intent } from '../../../record/intent.ts'
import type { Report } from '../../../record/report.ts'
import { memoryStore } from '../memory-store.ts'
import type { CallbackTokenClaims, ReportOrigin } from '../../ownership.ts'
import { createRecordRules } from '../../record-rules.ts'
import { systemRuntime } from '../../../runtime/runtime.ts'
import type { UnownedLimits } from '../../store.ts'

export const leaseMs = 1_000
export const credited = fact('deposit.credited', { evidence: ['n-1'] })
export const order = deposit().intent

/** A memory store with its own clock and a bank whose reports mean these facts, with the calls that the tests make. */
export const storeWith = (facts: readonly Fact[] = [credited], unowned?: UnownedLimits) => {
  const clock = { at: Date.UTC(2026, 0, 1) }
  const store = memoryStore({ runtime: { ...systemRuntime, now: () => new Date(clock.at) }, ...(unowned && { unowned }) })
  const rules = createRecordRules(bankSaying(facts))
  const begin = (intent: Intent = order, fingerprint = 'f') =>
    store.begin({ intent, fingerprints: [fingerprint] }, rules)
  const conclude = (
    intent: Intent,
    conclusion: Parameters<typeof store.conclude>[1],
    vendorIds: readonly string[] = [],
    more = {},
  ) => store.conclude(intent, conclusion, { vendorIds, replaces: true, ...more }, rules)
  const callback = (
    id: string,
    more: Partial<Report> = {},
    origin: Partial<Extract<ReportOrigin, { type: 'callback' }>> = {},
  ) => {
    const { intent: _intent, proof: _proof, ...arriving } = report(id, 'credit', more)
    const from: ReportOrigin = {
      type: 'callback',
      token: null,
      signs: 'everything',
      echo: null,
      transactions: 'one',
      ...origin,
    }
    return store.claim({ report: arriving, from }, leaseMs, rules)
  }
  const paid = async () => {
    await begin()
    await conclude(order, started(order), ['tx-1'])
    return callback('n-1')
  }
  return { store, rules, clock, begin, conclude, callback, paid }
}

export const tokenOf = ({ kind, reference, attempt }: Intent): CallbackTokenClaims => ({ kind, reference, attempt })

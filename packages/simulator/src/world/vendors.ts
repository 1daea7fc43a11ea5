import { type InProcessSandbox, type Post, startInProcessSandbox } from '@railswitch/sandbox/in-process'
import type { Plan } from '../seed/plan.ts'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import { sign, verify } from './fake-signatures.ts'
import type { VendorKeys } from './keys.ts'

export type Vendors = InProcessSandbox

export type { Post }

export const vendorsUrl = 'https://vendors.example'

/** Both vendors, on the world's clock and with draws of the seed. Trustly repeats callbacks longer than any shop is unreachable. */
export const openVendors = (
  plan: Plan,
  {
    clock,
    random,
    post,
    keys,
  }: { readonly clock: WorldClock; readonly random: Random; readonly post: Post; readonly keys: VendorKeys },
): Promise<Vendors> => {
  const draws = random.stream('vendors')
  return startInProcessSandbox({
    url: vendorsUrl,
    platform: {
      now: () => new Date(clock.now()),
      after: (ms, job) => clock.after(ms, job),
      random: draws.number,
      post,
      sign,
      verify,
    },
    trustly: {
      keys,
      redeliverAfterMs: redeliveries,
      balance: { SEK: '100000.00', GBP: '100000.00' },
      switches: { ...plan.switches, directDebit: true, importMandates: true },
    },
    payabl: {
      redeliverAfterMs: plan.payablRedelivers ? redeliveries : [],
      assumptions: plan.assumptions,
    },
  })
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const redeliveries = [10_000, minute, 10 * minute, hour, 6 * hour, day, 2 * day, 4 * day, 4 * day, 4 * day]

import { createChaos } from './chaos/chaos.ts'
import type { ChaosScript } from './chaos/chaos-rule.ts'
import { type PayablOptions, startPayabl } from './payabl/payabl.ts'
import { createChanges } from './platform/changes.ts'
import { createClock } from './platform/clock.ts'
import type { Platform } from './platform/platform.ts'
import { startTrustly, type TrustlyOptions } from './trustly/trustly.ts'

/** The options of both vendors. Everything has a default. */
export interface VendorOptions {
  readonly trustly?: TrustlyOptions
  readonly payabl?: PayablOptions
  /** The chaos script; without rules unless given. `chaos.set` replaces it. */
  readonly chaos?: ChaosScript
  /** The seed of random draws where the script has none: 1 unless given. */
  readonly seed?: number
  /** How many payments of each vendor are stored; the oldest are forgotten, with their callbacks and calls. 20,000 unless
   *  given, which takes some hundred megabytes. */
  readonly keepPayments?: number
}

/** Where the vendors run: their address, without a slash at the end, and their platform. */
interface Place {
  readonly url: string
  readonly platform: Platform
  /** Milliseconds by which the clock starts ahead of the platform's time. */
  readonly ahead?: number
}

/** Starts both vendors with one clock and one chaos script, and gives their routes. */
export const startVendors = async (
  { url, platform, ahead = 0 }: Place,
  {
    trustly: trustlyOptions = {},
    payabl: payablOptions = {},
    chaos: script = { rules: [] },
    seed = 1,
    keepPayments = 20_000,
  }: VendorOptions,
) => {
  const clock = createClock(platform.now, platform.after, ahead)
  const chaos = createChaos({ clock, seed, script })
  const changes = createChanges()
  // A payment has a few calls and a few callbacks.
  const longest = { payments: keepPayments, messages: 4 * keepPayments }
  const environment = { url, clock, chaos, platform, changes, longest }
  const trustly = await startTrustly(environment, trustlyOptions)
  const payabl = startPayabl(environment, payablOptions)
  return {
    clock,
    chaos,
    changes,
    trustly,
    payabl,
    routes: [...trustly.routes, ...payabl.routes],
    /** Cancels all jobs and aborts deliveries. */
    close: async (): Promise<void> => {
      clock.close()
      await Promise.all([trustly.close(), payabl.close()])
    },
  }
}

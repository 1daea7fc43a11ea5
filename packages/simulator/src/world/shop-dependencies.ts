import type { Faults } from '../seed/fault-strikes.ts'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import type { Database } from './database.ts'
import type { Journal } from './journal.ts'
import type { Wire } from './network-to-vendors.ts'
import type { SentIntents } from './sent-intents.ts'
import type { Trace } from './trace.ts'
import type { Vendors } from './vendors.ts'

/** The parts of the world that a process of the shop uses. */
export interface ShopDependencies {
  readonly clock: WorldClock
  readonly random: Random
  readonly faults: Faults
  readonly trace: Trace
  readonly journal: Journal
  readonly database: Database
  readonly wire: Wire
  readonly vendors: Vendors
  readonly sent: SentIntents
}

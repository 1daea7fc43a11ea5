import { inspect } from 'node:util'
import { createFaults, type Faults } from '../seed/fault-strikes.ts'
import type { Plan, Rail } from '../seed/plan.ts'
import { createRandom, type Random } from '../seed/random.ts'
import { createWorldClock, type WorldClock } from '../time/world-clock.ts'
import { personalData } from './customer-data.ts'
import { createDatabase, type Database } from './database.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createJournal, type Journal } from './journal.ts'
import { vendorKeys } from './keys.ts'
import { createLostData, type LostData } from './lost-data.ts'
import { type CallbackNetwork, createCallbackNetwork, type Receive } from './network-to-shops.ts'
import { createWire, type Wire } from './network-to-vendors.ts'
import { createReviewList, type ReviewList } from './review-list.ts'
import { createSentIntents } from './sent-intents.ts'
import { createShops, type Shops } from './shop-processes.ts'
import { createTrace, type Trace } from './trace.ts'
import { openVendors, type Vendors } from './vendors.ts'

/** Everything that exists in the simulation of one seed. */
export interface World {
  readonly plan: Plan
  readonly clock: WorldClock
  readonly random: Random
  readonly faults: Faults
  readonly trace: Trace
  readonly journal: Journal
  readonly vendors: Vendors
  readonly database: Database
  readonly wire: Wire
  readonly network: CallbackNetwork
  readonly shops: Shops
  readonly jobs: Jobs
  readonly reviews: ReviewList
  readonly lostData: LostData
  /** The vendors' ids of the orders whose checkout a customer has opened. */
  readonly openedOrders: Set<string>
  /** The vendors' ids of orders that others have placed with our reference, and that were paid. */
  readonly strangersPaidOrders: StrangersOrder[]
}

export interface StrangersOrder {
  readonly rail: Rail
  readonly vendorId: string
}

/** The beginning of every world: a Monday. */
export const worldStart = Date.UTC(2026, 5, 1, 6)

export const createWorld = async (plan: Plan): Promise<World> => {
  const random = createRandom(plan.seed)
  const journal = createJournal(() => secrets)
  const clock = createWorldClock(worldStart, (error) => journal.violated('the simulator works', inspect(error)))
  const faults = createFaults(random, { weights: plan.faults, without: plan.without })
  const trace = createTrace(clock.now, worldStart)
  const receive: Receive = (delivered, subject) => shops.receive(delivered, subject)
  const isDeposit = (orderId: string): boolean =>
    wire.ownOrders.some(({ vendorId, method }) => vendorId === orderId && method === 'Deposit')
  const network = createCallbackNetwork({ clock, random, faults, trace, receive, isDeposit })
  const vendors = await openVendors(plan, { clock, random, post: network.post, keys: vendorKeys() })
  const secrets = [
    ...personalData,
    vendors.payabl.merchant.secret,
    vendors.trustly.merchant.password,
    'callback-secret-number',
    'payabl-secret-number',
    'BEGIN PRIVATE KEY',
  ]
  const sent = createSentIntents(journal)
  const isBackedUp = plan.actions.some(({ deed }) => deed.does === 'back up')
  const database = createDatabase({ clock, random, faults, trace, isBackedUp })
  const wire = createWire({ clock, random, faults, trace, vendors, sent })
  const shops = createShops(plan, { clock, random, faults, trace, journal, database, wire, vendors, sent })
  const jobs = createJobs({ clock, random, trace, journal, pickShop: shops.pick })
  return {
    plan,
    clock,
    random,
    faults,
    trace,
    journal,
    vendors,
    database,
    wire,
    network,
    shops,
    jobs,
    reviews: createReviewList(),
    lostData: createLostData(),
    openedOrders: new Set(),
    strangersPaidOrders: [],
  }
}

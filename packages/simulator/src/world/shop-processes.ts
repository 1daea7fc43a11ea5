import type { SettingsChange } from '../seed/action.ts'
import type { Plan } from '../seed/plan.ts'
import type { Random } from '../seed/random.ts'
import { publicHalf, vendorKeys } from './keys.ts'
import type { Receive } from './network-to-shops.ts'
import { changedSettings, firstSettings, type Settings } from './settings.ts'
import type { ShopDependencies } from './shop-dependencies.ts'
import { type Shop, startShop } from './shop-process.ts'

/** The processes of the shop. Each runs `sync` again and again, and one of them `reconcile` every day, as from cron jobs. */
export interface Shops {
  readonly running: () => readonly Shop[]
  readonly pick: (draws: Random) => Shop | null
  readonly receive: Receive
  /** Ends a process at once, and starts it again after `downMs` milliseconds. */
  readonly restart: (number: number, downMs: number, change: SettingsChange | null) => void
  /** Restarts all processes one after the other with changed settings. */
  readonly deploy: (change: SettingsChange) => void
  /** Ends all processes at once, and starts them again after `downMs` milliseconds with changed settings. */
  readonly replaceAll: (changes: readonly SettingsChange[], downMs: number) => void
  /** Accepts a new secret everywhere, then payabl uses it, then our requests do. */
  readonly rotatePayablSecret: () => void
  /** Trustly has one key of ours: calls that are signed with the old one are refused until every process is restarted. */
  readonly rotateTrustlyKey: () => void
  readonly skewClock: (number: number, ms: number) => void
  /** How often each process runs `sync` from now on. */
  readonly syncEvery: (ms: number) => void
  /** Runs `reconcile` in one of the processes, for the last days or since a day. */
  readonly reconcile: (since?: string) => void
  /** Starts every process that does not run, with the newest settings and a right clock. */
  readonly repair: () => void
}

interface Machine {
  shop: Shop | null
  settings: Settings
  skewMs: number
  starts: number
}

export const createShops = (plan: Plan, dependencies: ShopDependencies): Shops => {
  const { clock, random, trace, journal, vendors } = dependencies
  let newest = firstSettings(plan, vendors.payabl.merchant.secret)
  let syncEveryMs = 5 * 60_000
  const machines: Machine[] = Array.from({ length: plan.shops }, () => ({
    shop: null,
    settings: newest,
    skewMs: 0,
    starts: 0,
  }))
  const running = (): readonly Shop[] => machines.flatMap(({ shop }) => (shop?.life.isAlive() ? [shop] : []))

  const start = (machine: Machine): void => {
    if (machine.shop?.life.isAlive()) return
    const name = `shop ${machines.indexOf(machine) + 1}.${++machine.starts}`
    const shop = startShop(dependencies, name, machine.settings, () => machine.skewMs)
    machine.shop = shop
    // A process that ended by itself is started again by its supervisor.
    shop.life.onEnd(() => machine.shop === shop && clock.after(3_000, () => start(machine)))
    runSync(shop)
  }

  const runSync = (shop: Shop): void => {
    const draws = random.stream('sync', shop.life.name)
    const next = (): void => void clock.after(syncEveryMs + draws.integer(0, 2_000), run)
    const run = (): void => {
      if (!shop.life.isAlive()) return
      shop.life.outlive(shop.payments.sync()).then(next, () => next())
    }
    next()
  }

  const change = (machine: Machine, settings: Settings, downMs: number): void => {
    machine.settings = settings
    const { shop } = machine
    if (!shop?.life.isAlive()) return
    trace.add(shop.life.name, 'is ended')
    machine.shop = null
    shop.life.end()
    clock.after(downMs, () => start(machine))
  }

  const changed = (by: SettingsChange): Settings => {
    newest = changedSettings(newest, by)
    return newest
  }

  const deploy = (by: SettingsChange): void => {
    const settings = changed(by)
    machines.forEach((machine, index) => void clock.after(index * 20_000, () => change(machine, settings, 2_000)))
  }

  const pick = (draws: Random): Shop | null => {
    const all = running()
    return all.length === 0 ? null : draws.pick(all)
  }

  let reconciliations = 0
  const reconcile = (since?: string): void => {
    const shop = pick(random.stream('reconcile', ++reconciliations))
    if (!shop) return
    const { name } = shop.life
    shop.life.outlive(shop.payments.reconcile({ books: false, ...(since !== undefined && { from: since }) })).then(
      ({ rails }) => {
        for (const { rail, listed, recorded, unowned, failed } of rails)
          trace.add(
            name,
            `reconciles ${rail}: ${listed} listed, ${recorded} recorded, ${unowned.length} unowned, ${failed} failed`,
          )
      },
      (error: unknown) => journal.violated('reconcile never rejects', String(error)),
    )
  }

  for (const machine of machines) start(machine)
  return {
    reconcile,
    running,
    pick,
    receive: async (delivered, subject) => {
      const shop = pick(random.stream('balancer', subject))
      if (!shop) throw new Error('connection refused')
      return shop.receive(delivered)
    },
    restart: (number, downMs, by) => {
      const machine = machines[number - 1]
      if (machine) change(machine, by === null ? machine.settings : changed(by), downMs)
    },
    deploy,
    replaceAll: (changes, downMs) => {
      for (const by of changes) changed(by)
      for (const machine of machines) change(machine, newest, downMs)
    },
    rotatePayablSecret: () => {
      deploy('payabl secret announced')
      clock.after(3 * 60_000, () => {
        vendors.payabl.setSecret(newest.payablSecrets.at(-1) ?? '')
        deploy('payabl secret in use')
      })
    },
    rotateTrustlyKey: () => {
      vendors.trustly.setPublicKey(publicHalf(vendorKeys().nextMerchant))
      deploy('new Trustly key')
    },
    skewClock: (number, ms) => {
      const machine = machines[number - 1]
      if (machine) machine.skewMs = ms
    },
    syncEvery: (ms) => {
      syncEveryMs = ms
    },
    repair: () => {
      for (const machine of machines) {
        machine.skewMs = 0
        if (machine.settings.version !== newest.version) change(machine, newest, 1_000)
        else start(machine)
      }
    },
  }
}

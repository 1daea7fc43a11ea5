import { perform } from '../actors/perform.ts'
import { checkBeforeReconciling, checkEnd } from '../judge/liveness.ts'
import { checkMoneyOut } from '../judge/money-out.ts'
import { checkSafety } from '../judge/safety.ts'
import type { Plan } from '../seed/plan.ts'
import type { Violation } from '../world/journal.ts'
import { createWorld, type World, worldStart } from '../world/world.ts'

/** What became of one seed. */
export interface Outcome {
  readonly plan: Plan
  readonly violations: readonly Violation[]
  /** The faults that struck. */
  readonly struck: readonly string[]
  readonly trace: readonly string[]
  readonly digest: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Runs one plan: first with its faults, then without, until everything is known. Stops at the first violation of safety. */
export const simulate = async (plan: Plan): Promise<Outcome> => {
  const world = await createWorld(plan)
  try {
    const endCronJob = reconcileDaily(world)
    await runActions(world)
    endCronJob()
    if (world.journal.violations().length === 0) await comeToRest(world)
  } finally {
    await world.vendors.close()
  }
  const { journal, faults, trace } = world
  return {
    plan,
    violations: journal.violations(),
    struck: faults.struck(),
    trace: trace.lines(),
    digest: trace.digest(),
  }
}

/** Nothing in a world whose merchant reconciles only at its end. Returns the function that ends it. */
const reconcileDaily = ({ clock, shops, plan }: World): (() => void) => {
  let cancel = (): void => {}
  if (!plan.reconcilesDaily) return cancel
  const next = (): void => {
    cancel = clock.after(day, () => {
      shops.reconcile()
      next()
    })
  }
  next()
  return () => cancel()
}

const runActions = async (world: World): Promise<void> => {
  const { clock, plan, journal, shops } = world
  let seen = 0
  let last = worldStart
  for (const action of plan.actions) {
    const due = worldStart + action.at
    shops.syncEvery(syncInterval(due - last))
    await clock.runUntil(due)
    last = due
    seen = checkSafety(world, seen)
    checkMoneyOut(world)
    if (journal.violations().length > 0) return
    perform(world, action)
  }
  await clock.runUntil(clock.now() + hour)
  checkSafety(world, seen)
}

/** Nothing is watched minute by minute during days on which nothing happens. */
const syncInterval = (untilNextAction: number): number => {
  if (untilNextAction > 6 * hour) return 8 * hour
  return untilNextAction > hour ? hour : 10 * minute
}

/** The faults end, every machine is repaired, and time goes on for 90 days. */
const comeToRest = async (world: World): Promise<void> => {
  const { clock, faults, network, shops, trace, database, plan, journal } = world
  faults.end()
  network.repair()
  trace.add('plan', 'the faults end')
  shops.repair()
  shops.syncEvery(2 * minute)
  await clock.runUntil(clock.now() + 20 * minute)
  if (!plan.reconcilesDaily) {
    shops.syncEvery(4 * hour)
    await clock.runUntil(clock.now() + 2 * day)
    await judge(world, checkBeforeReconciling)
    if (journal.violations().length > 0) return
  }
  shops.syncEvery(day)
  for (const days of [1, 19]) {
    shops.reconcile(new Date(worldStart).toISOString().slice(0, 10))
    await clock.runUntil(clock.now() + days * day)
  }
  shops.syncEvery(10 * day)
  await clock.runUntil(clock.now() + 70 * day)
  checkSafety(world, 0)
  checkMoneyOut(world)
  shops.syncEvery(1_000 * day)
  await judge(world, checkEnd)
  trace.add('plan', `ends with ${database.rows.length} rows`)
}

/** The judge asks a process of the shop, which needs time for its responses. */
const judge = async (world: World, check: typeof checkEnd): Promise<void> => {
  const { clock, shops } = world
  const [shop] = shops.running()
  if (!shop) throw new Error('No shop runs after the repair.')
  let isDone = false
  const checked = check(world, shop.payments).finally(() => {
    isDone = true
  })
  while (!isDone) await clock.runUntil(clock.now() + 50)
  await checked
}

import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { createHarness } from '../harness/store-harness.ts'
import type { StoreCase, StoreConditions, StoreUnderTest } from '../store-kit.ts'
import { type CrashScenario, scenarios } from './crash-scenarios.ts'
import type { DatabaseUnderTest } from './database-under-test.ts'
import { type CrashHarness, recover, snapshotOf } from './recovery.ts'

type Create = (conditions: StoreConditions) => Promise<DatabaseUnderTest>

/**
 * The cases of a store whose process dies between any two statements: afterwards, everything of the call is stored, or nothing, and the
 * next process completes it once. For stores on a database: `test.each(storeCrashCases(create))('$id $name', ({ run }) => run())`.
 */
export const storeCrashCases = (create: Create): readonly StoreCase[] =>
  scenarios.map((scenario) => ({ id: scenario.id, name: scenario.name, run: () => runScenario(scenario, create) }))

const runScenario = async (scenario: CrashScenario, create: Create): Promise<void> => {
  const whole = await runOnce(scenario, create, Number.POSITIVE_INFINITY)
  ok(whole.statements > 0, 'the store must call beforeStatement before each statement')
  await scenario.verify(whole.recovered)
  for (let statement = 1; statement <= whole.statements; statement += 1) {
    const { found, recovered } = await runOnce(scenario, create, statement)
    const isWhole = JSON.stringify(found) === JSON.stringify(whole.found)
    const where = `the process died before statement ${statement} of ${whole.statements}`
    deepEqual(found, isWhole ? whole.found : whole.before, `${where}, and a part of the call is stored`)
    deepEqual(recovered, whole.recovered, `${where}, and the next process does not complete the call`)
  }
}

/** Runs the call in a process that dies before this statement, and then the next process. */
const runOnce = async (scenario: CrashScenario, create: Create, dies: number) => {
  let time = Date.parse('2026-01-01T00:00:00.000Z')
  const now = (): Date => new Date(time)
  const clock = {
    advance: (ms: number): void => {
      time += ms
    },
    iso: () => now().toISOString(),
  }
  const database = await create({ now, unowned: { reports: 5, days: 60 } })
  const opened: StoreUnderTest[] = []
  const start = async (beforeStatement: () => void): Promise<CrashHarness> => {
    const process = await database.open(beforeStatement)
    opened.push(process)
    return { ...createHarness(process.store, clock), rows: database.rows }
  }
  try {
    const first = await start(() => {})
    const lease = await scenario.prepare(first)
    const before = await snapshotOf(first)
    let statements = 0
    let isCounting = false
    const dying = await start(() => {
      if (isCounting) statements += 1
      if (statements >= dies) throw died
    })
    // The first use of a store may read the schema.
    await dying.store.find('nothing')
    isCounting = true
    const call = scenario.call(dying, lease)
    if (dies === Number.POSITIVE_INFINITY) await call
    else await rejects(call, 'the call must fail if the process dies')
    const next = await start(() => {})
    const found = await snapshotOf(next)
    await recover(next, () => scenario.call(next, lease))
    const recovered = await snapshotOf(next)
    equal(recovered.rows, recovered.emitted, 'a row of the application is written exactly with its event')
    return { statements, before, found, recovered }
  } finally {
    for (const { close } of opened) await close?.()
    await database.close?.()
  }
}

const died = new Error('the process died')

// Runs an area's bundle of tests for Stryker, with the runner and the assertions of Jest. The bundle is loaded once per
// process, and only the mutant that is active changes: Jest itself would load everything again for each of thousands.
import { createRequire } from 'node:module'

// By their place: pnpm links no package of a package at the top.
const require = createRequire(new URL('../node_modules/.pnpm/node_modules/jest-circus/package.json', import.meta.url))
const { addEventHandler, getState, run, describe, test, it, beforeAll, beforeEach, afterAll, afterEach } =
  require('jest-circus')
const { jestExpect: expect } = require('@jest/expect')
Object.assign(globalThis, { describe, test, it, beforeAll, beforeEach, afterAll, afterEach, expect })

// What the changed code reads and counts.
globalThis.__stryker__ ??= {}
const mutants = globalThis.__stryker__

const nameOf = (one) => (one.parent?.parent ? `${nameOf(one.parent)} ${one.name}` : one.name)
const testsOf = (block) => block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)))
const blocksOf = (block) => [
  block,
  ...block.children.flatMap((child) => (child.type === 'test' ? [] : blocksOf(child))),
]

let known = null
const loadTests = () => {
  createRequire(`${process.cwd()}/`)('./.ci/mutation.test.cjs')
  const root = getState().rootDescribeBlock
  return {
    tests: testsOf(root).map((test) => ({ test, id: nameOf(test), mode: test.mode })),
    blocks: blocksOf(root).map((block) => ({ block, mode: block.mode, tests: testsOf(block) })),
  }
}

let stopsAtFailure = false
addEventHandler(({ name, test }) => {
  if (name === 'test_fn_start') mutants.currentTestId = nameOf(test)
  if (name === 'test_done') mutants.currentTestId = undefined
  if (name === 'test_done' && test.errors.length > 0 && stopsAtFailure) {
    for (const one of known.tests) if (one.test.status === null) one.test.mode = 'skip'
  }
})

const outside = 'outside of any test'
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => getState().unhandledErrors.push(error))
}

const runTests = async (isChosen) => {
  known ??= loadTests()
  getState().unhandledErrors = []
  for (const { test, id, mode } of known.tests) {
    Object.assign(test, { errors: [], status: null, mode: isChosen(id) ? mode : 'skip' })
  }
  // A block of which nothing runs needs no hooks.
  for (const { block, mode, tests } of known.blocks) {
    block.mode = tests.some((test) => test.mode !== 'skip') ? mode : 'skip'
  }
  await run()
  const results = known.tests.map(({ test, id }) => ({
    id,
    name: id,
    timeSpentMs: test.duration ?? 0,
    ...(test.status !== 'done'
      ? { status: 2 }
      : test.errors.length > 0
        ? { status: 1, failureMessage: String([test.errors[0]].flat()[0]) }
        : { status: 0 }),
  }))
  const [error] = getState().unhandledErrors
  return error
    ? [...results, { id: outside, name: outside, timeSpentMs: 0, status: 1, failureMessage: String(error) }]
    : results
}

class BundleRunner {
  capabilities() {
    return { reloadEnvironment: false }
  }

  async dryRun() {
    stopsAtFailure = false
    const tests = await runTests(() => true)
    return { status: 'complete', tests, mutantCoverage: mutants.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    stopsAtFailure = true
    const ids = testFilter && new Set(testFilter)
    Object.assign(mutants, { hitLimit, hitCount: hitLimit ? 0 : undefined })
    known ??= loadTests()
    mutants.activeMutant = activeMutant.id
    try {
      const tests = await runTests((id) => !ids || ids.has(id))
      if (mutants.hitCount > hitLimit) return { status: 'timeout' }
      const nrOfTests = tests.filter(({ status }) => status !== 2).length
      const killer = tests.find(({ status }) => status === 1)
      return killer
        ? { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage, nrOfTests }
        : { status: 'survived', nrOfTests }
    } finally {
      mutants.activeMutant = undefined
    }
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'bundle', injectableClass: BundleRunner }]

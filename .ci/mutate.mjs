// `npm run mutate`: what decides about money, under mutation, one area after another, each with the tests that stand
// beside it. `npm run mutate -- token state/refund` runs an area, and the files of another folder with this in their names. The
// scores stand in docs/quality.md.
import { readdirSync } from 'node:fs'
import { Stryker } from '@stryker-mutator/core'
import { options } from './stryker.config.mjs'

const core = 'packages/core/src'
const callbacks = 'packages/callbacks/src'
const direct = 'packages/trustly-direct/src'
const payabl = 'packages/payabl-trustly/src'

// Properties over whole records take a second for every mutant.
const isFast = (file) => file.endsWith('.test.ts') && !file.endsWith('.property.test.ts')
const testsIn = (folder) => readdirSync(folder).flatMap((file) => (isFast(file) ? `${folder}/${file}` : []))
const folder = (path, tests = testsIn(path)) => ({ mutate: [`${path}/*.ts`], tests })
const files = (path, names, tests = names.map((name) => `${path}/${name}.test.ts`)) => ({
  mutate: names.map((name) => `${path}/${name}.ts`),
  tests,
})

// The derivation is one thought in several folders: what one of them decides, the tests of another see.
const derivation = ['record', 'derivation', 'state', 'events', 'reviews', 'store'].flatMap((name) =>
  testsIn(`${core}/${name}`),
)
const storeKit = 'packages/conformance/src/store/store-kit.test.ts'

const areas = {
  money: {
    mutate: [`${core}/values/money.ts`, `${core}/errors/payment-error.ts`],
    tests: [...testsIn(`${core}/values`), ...testsIn(`${core}/errors`)],
  },
  token: files(callbacks, ['token']),
  'direct-errors': files(`${direct}/client`, ['map-error']),
  'payabl-errors': files(`${payabl}/client`, ['map-error']),
  'direct-signature': files(`${direct}/wire`, ['signature', 'canonical-form', 'sha1-without-openssl']),
  'payabl-signature': files(`${payabl}/wire`, ['signature']),
  record: { mutate: [`${core}/record/*.ts`, `${core}/derivation/*.ts`], tests: derivation },
  state: folder(`${core}/state`, derivation),
  events: folder(`${core}/events`, derivation),
  reviews: folder(`${core}/reviews`, derivation),
  store: {
    mutate: [`${core}/store/*.ts`, `${core}/store/memory/*.ts`],
    tests: [...derivation, ...testsIn(`${core}/store/memory`), storeKit],
  },
  'direct-interpret': folder(`${direct}/interpret`),
  'payabl-interpret': folder(`${payabl}/interpret`),
  engine: {
    mutate: [
      ...files(callbacks, ['pipeline', 'receive-callback', 'handle-own-report', 'event-runner']).mutate,
      'packages/railswitch/src/reviews/reviews.ts',
    ],
    tests: [
      ...testsIn(callbacks),
      'packages/railswitch/src/reviews/reviews.test.ts',
      'packages/railswitch/src/reviews/reviews.decisions.test.ts',
    ],
  },
}

const words = process.argv.slice(2)
const scores = {}
for (const word of words.length > 0 ? words : Object.keys(areas)) {
  const [name, file] = word.split('/')
  const { mutate, tests } = areas[name]
  const chosen = mutate.map((path) => path.replace('*', file ? `*${file}*` : '*'))
  const results = await new Stryker(options([...chosen, '!**/*.test.ts'], tests)).runMutationTest()
  const counted = results.filter(({ status }) => status !== 'Ignored')
  const killed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  scores[word] = { mutants: counted.length, killed, score: Math.floor((killed / counted.length) * 1000) / 10 }
}
console.table(scores)
if (Object.values(scores).some(({ score }) => !(score >= 90))) process.exitCode = 1

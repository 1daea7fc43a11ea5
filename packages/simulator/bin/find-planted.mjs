// Plants one fault after the other into the library, and runs seeds until one of them breaks a rule.
// `npm run simulate:planted -- --help`
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bundleSimulator, resourceLimits } from './bundle.mjs'
import { plantedFaults } from './planted-faults.mjs'
import { readTable, writeTable } from './planted-table.mjs'

const usage = `npm run simulate:planted -- [options] [word...]
Plants mistakes into the library, and looks for a seed that finds each. Words choose those whose name or file contains one of them.
  --seeds <number>  how many seeds each mistake gets (200); with fewer, the row of one that is not found stays as it is
  --missing         only those that the table of docs/simulator.md does not show as found
  --no-table        leave the table as it is`

const print = (line) => process.stdout.write(`${line}\n`)

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    seeds: { type: 'string', default: '200' },
    missing: { type: 'boolean', default: false },
    table: { type: 'boolean', default: true },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  print(usage)
  process.exit(0)
}
const found = readTable()
const chosen = plantedFaults.filter(
  ({ name, file }) =>
    (words.length === 0 || words.some((word) => `${name} ${file}`.includes(word))) &&
    !(values.missing && found.get(name)),
)

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', `.planted-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** Worlds of the library with a fault, or without one. */
const openWorlds = async (name, planted) => {
  const bundle = await bundleSimulator(join(folder, name), planted, 'index')
  const worker = new Worker(new URL('./run-seeds.mjs', import.meta.url), { workerData: { bundle }, resourceLimits })
  const run = (seed) =>
    new Promise((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (broken) => {
        worker.off('error', reject)
        resolve(broken)
      })
      worker.postMessage(seed)
    })
  return { run, close: () => worker.terminate() }
}

const unplanted = await openWorlds('unplanted')
const mostSeeds = Number(values.seeds)
const seeds = Array.from({ length: mostSeeds }, (_, index) => index + 1)
const brokenAnyway = new Map()
const breaksAnyway = async (seed) => {
  if (!brokenAnyway.has(seed)) brokenAnyway.set(seed, (await unplanted.run(seed)) !== null)
  return brokenAnyway.get(seed)
}

/** A seed that breaks a rule, and that breaks none without the fault. The one that found it before comes first. Null: none does. */
const find = async (fault) => {
  const worlds = await openWorlds(fault.name, fault)
  const before = found.get(fault.name)?.seed
  try {
    for (const seed of new Set([...(before ? [Number(before)] : []), ...seeds])) {
      const broken = await worlds.run(seed)
      if (broken && !(await breaksAnyway(seed))) return { seed, ...broken }
    }
    return null
  } finally {
    await worlds.close()
  }
}

let survivors = 0
for (const [index, fault] of chosen.entries()) {
  const result = await find(fault)
  if (!result) survivors += 1
  print(
    `${String(index + 1).padStart(3)}/${chosen.length} ${
      result ? `seed ${String(result.seed).padEnd(4)}` : 'not found'
    } ${fault.name}${result ? `: ${result.rule}: ${result.what}` : ''}`,
  )
  // A run that is cut off keeps what it has found.
  if (result || mostSeeds >= 200) found.set(fault.name, result)
  if (values.table) writeTable(plantedFaults, found)
}
await unplanted.close()
print(`${chosen.length} planted faults, ${survivors === 0 ? 'all found' : `${survivors} not found`}`)
process.exitCode = survivors === 0 ? 0 : 1

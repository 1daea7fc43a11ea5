// Plants one fault after the other into the library, and runs seeds until one of them breaks a rule.
// `npm run simulate:planted`, or with words of the faults to run: `npm run simulate:planted -- refund ledger`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleSimulator } from './bundle.mjs'
import { plantedFaults } from './planted-faults.mjs'

/** Within so many seeds, every fault must be found. */
const mostSeeds = 200
const print = (line) => process.stdout.write(`${line}\n`)
const page = fileURLToPath(new URL('../../../docs/simulator.md', import.meta.url))

const words = process.argv.slice(2)
const chosen = plantedFaults.filter(
  ({ name, file }) => words.length === 0 || words.some((word) => `${name} ${file}`.includes(word)),
)
const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', `.planted-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(1))

const load = async (name, planted) => {
  const bundle = await bundleSimulator(join(folder, name), planted, 'index')
  const { drawPlan, simulate } = await import(pathToFileURL(bundle).href)
  return async (seed) => (await simulate(drawPlan(seed))).violations[0]
}

const unplanted = await load('unplanted')

/** The first seed that breaks a rule, and that breaks none without the fault. */
const find = async (fault) => {
  const run = await load(fault.name, fault)
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const broken = await run(seed)
    if (broken && !(await unplanted(seed))) return { seed, ...broken }
  }
  return null
}

const rows = []
for (const fault of chosen) {
  const found = await find(fault)
  rows.push({ ...fault, found })
  print(found ? `seed ${String(found.seed).padEnd(4)} ${fault.name}: ${found.rule}` : `SURVIVED  ${fault.name}`)
}

const toRow = ({ name, what, found }) => `| \`${name}\` | ${what} | ${found?.rule ?? 'none'} | ${found?.seed ?? ''} |`
if (words.length === 0) {
  const [start, end] = ['<!-- planted faults -->', '<!-- end of planted faults -->']
  const table = [
    '| fault | what it does | rule that is broken | seed |',
    '| --- | --- | --- | --- |',
    ...rows.map(toRow),
  ]
  const text = readFileSync(page, 'utf8')
  const [before] = text.split(start)
  const [, after] = text.split(end)
  writeFileSync(page, `${before}${start}\n\n${table.join('\n')}\n\n${end}${after}`)
}
const survivors = rows.filter(({ found }) => !found)
print(`${rows.length} planted faults, ${survivors.length === 0 ? 'all found' : `${survivors.length} survived`}`)
process.exitCode = survivors.length === 0 ? 0 : 1

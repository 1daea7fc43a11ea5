// Bundles the simulator from the sources, with a planted fault where one is asked for, and runs it on all processors.
// `npm run simulate -- --help`
import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { bundleSimulator, resourceLimits } from './bundle.mjs'
import { plantedFaults } from './planted-faults.mjs'

const runBundle = async (bundle, words) => {
  const { main } = await import(pathToFileURL(bundle).href)
  return main(words)
}

const optionIn = (words, option) => (words.includes(option) ? (words[words.indexOf(option) + 1] ?? '') : undefined)

/** The value of an option; the words without it remain. */
const take = (words, option) => {
  const at = words.indexOf(option)
  return at < 0 ? undefined : words.splice(at, 2)[1]
}

const startWorker = (bundle, words) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { bundle, words }, resourceLimits })
    worker.once('error', reject)
    worker.once('exit', resolve)
  })

/** Each worker runs its share of the seeds, one after the other. */
const runInWorkers = async (bundle, words) => {
  const [from, seeds] = [take(words, '--from') ?? '1', take(words, '--seeds') ?? '100'].map(Number)
  const begun = performance.now()
  const workers = availableParallelism()
  const share = Math.ceil(seeds / workers)
  const codes = await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const first = from + index * share
      const count = Math.min(share, from + seeds - first)
      return count > 0 ? startWorker(bundle, [...words, '--from', `${first}`, '--seeds', `${count}`]) : 0
    }),
  )
  const code = Math.max(...codes)
  if (code === 0)
    process.stdout.write(
      `${seeds} seeds passed, ${((seeds * 1000) / (performance.now() - begun)).toFixed(1)} a second\n`,
    )
  return code
}

const runFromCommandLine = async () => {
  const words = process.argv.slice(2)
  const name = take(words, '--plant')
  const planted = plantedFaults.find((fault) => fault.name === name)
  if (process.argv.includes('--plant') && !planted) {
    process.stderr.write(`--plant takes one of:\n${plantedFaults.map((fault) => `  ${fault.name}\n`).join('')}`)
    return 2
  }
  const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', `.bundle-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const bundle = await bundleSimulator(folder, planted)
  const isAlone = words.some((word) => ['--seed', '--until-failure', '--faults', '--help', '-h'].includes(word))
  const hasNumbers = ['--from', '--seeds'].every((option) => /^\d{1,9}$/.test(optionIn(words, option) ?? '1'))
  // The command line of a single thread explains what is wrong with an option.
  return isAlone || !hasNumbers ? runBundle(bundle, words) : runInWorkers(bundle, words)
}

process.exitCode = isMainThread ? await runFromCommandLine() : await runBundle(workerData.bundle, workerData.words)

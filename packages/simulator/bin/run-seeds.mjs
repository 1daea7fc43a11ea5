// A worker that runs worlds of one bundle of the simulator: for every `{ seed }` that it receives it posts the first rule that this world
// breaks, or null; for `{ most }` the seeds up to it, those first whose worlds have the most kinds of actions and faults. Ending the
// worker frees the memory of its bundle.
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'

const { drawPlan, simulate } = await import(pathToFileURL(workerData.bundle).href)

const richness = ({ actions, faults }) => new Set(actions.map(({ deed }) => deed.does)).size + faults.size

const richestFirst = (most) => {
  const seeds = Array.from({ length: most }, (_, index) => index + 1)
  const scores = new Map(seeds.map((seed) => [seed, richness(drawPlan(seed))]))
  return seeds.sort((a, b) => scores.get(b) - scores.get(a))
}

parentPort.on('message', async ({ seed, most }) => {
  if (most !== undefined) return parentPort.postMessage(richestFirst(most))
  const { violations } = await simulate(drawPlan(seed))
  parentPort.postMessage(violations[0] ?? null)
})

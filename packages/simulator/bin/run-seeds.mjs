// A worker that runs worlds of one bundle of the simulator: for every seed that it receives it posts the first rule that this world breaks,
// or null. Ending the worker frees the memory of its bundle.
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'

const { drawPlan, simulate } = await import(pathToFileURL(workerData.bundle).href)

parentPort.on('message', async (seed) => {
  const { violations } = await simulate(drawPlan(seed))
  parentPort.postMessage(violations[0] ?? null)
})

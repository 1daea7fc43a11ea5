// docs/conformance-matrix.md: which behaviours fail with the planted fault of each behaviour.
// `npm run conformance:matrix` computes it on all cores; `-- --part 12` computes every twelfth row and compares it with the page.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/conformance-matrix.md')

if (isMainThread) await main()
else await work(workerData)

async function main() {
  const { values } = parseArgs({ options: { part: { type: 'string', default: '1' } } })
  const folder = join(root, 'packages/conformance/node_modules', `.matrix-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    const bundle = pathToFileURL(await bundled(folder)).href
    const { matrixIds, matrixPage, othersOf } = await import(bundle)
    const step = Number(values.part)
    const rows = await rowsOf(
      matrixIds.filter((_, index) => index % step === 0),
      bundle,
    )
    const missing = rows.filter(({ id, failed }) => !failed.includes(id))
    if (missing.length > 0) throw new Error(`${missing.map(({ id }) => id).join(', ')}: not found by the own id`)
    if (step === 1) writeFileSync(page, matrixPage(rows))
    else compare(rows, othersOf)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function bundled(folder) {
  const outfile = join(folder, 'matrix.mjs')
  await build({
    entryPoints: [join(root, 'packages/conformance/src/__fixtures__/matrix.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@railswitch/source'],
    external: ['node:*'],
    // Some dependencies are CommonJS and call require for the modules of Node.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    outfile,
    logLevel: 'error',
  })
  return outfile
}

/** Each worker takes the next id until none is left. */
async function rowsOf(ids, bundle) {
  const rows = new Map()
  const waiting = [...ids]
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), ids.length) }, async () => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: bundle })
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        worker.postMessage(id)
        const row = await new Promise((resolve, reject) => {
          worker.once('message', resolve)
          worker.once('error', reject)
        })
        worker.removeAllListeners('error')
        rows.set(id, row)
        if (rows.size % 20 === 0) console.log(`${rows.size} of ${ids.length} rows`)
      }
      await worker.terminate()
    }),
  )
  return ids.map((id) => rows.get(id))
}

async function work(bundle) {
  const { matrixRow } = await import(bundle)
  parentPort.on('message', async (id) => parentPort.postMessage(await matrixRow(id)))
}

function compare(rows, othersOf) {
  const lines = readFileSync(page, 'utf8').split('\n')
  const differing = rows.filter((row) => {
    const { count, shown } = othersOf(row)
    const [, , , pageCount, pageShown] = lines.find((line) => line.startsWith(`| ${row.id} `))?.split('|') ?? []
    return pageCount?.trim() !== count || pageShown?.trim() !== shown
  })
  for (const { id, failed } of differing) console.error(`${id} fails with ${failed.join(' ')}`)
  if (differing.length > 0) throw new Error('docs/conformance-matrix.md is old: npm run conformance:matrix')
  console.log(`${rows.length} rows are as docs/conformance-matrix.md shows them`)
}

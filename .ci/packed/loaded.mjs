import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProject } from './project.mjs'

export const about = 'what is loaded: nothing large at the start, and of a rail nothing before its first call'

const start = `import { createPayments, memoryStore } from 'railswitch'
const payments = createPayments({
  active: 'payabl',
  providers: { payabl: { use: 'payabl-trustly', environment: 'local', url: 'http://127.0.0.1:9', merchantId: 'm', secret: 's' } },
  store: memoryStore(),
  callbacks: { url: 'http://127.0.0.1:9/callbacks', secrets: ['a-secret-that-only-this-test-uses-0001'] },
  logger: false,
})
`

const deposit = `payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
await payments.deposit({
  reference: 'order-1001',
  amount: { value: '249.90', currency: 'EUR' },
  customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@shop.example', country: 'DE', locale: 'de' },
  returnUrl: 'https://shop.example/',
}).catch(() => {})
`

export const run = async (context) => {
  const { folder, run: runTool } = await createProject(context, {
    manifest: { type: 'module' },
    packed: ['railswitch'],
    files: { 'start.js': start, 'deposit.js': start + deposit },
  })
  /** V8 lists every script that a process compiled. */
  const loadedBy = async (file) => {
    const coverage = join(folder, `coverage-of-${file}`)
    await runTool('env', `NODE_V8_COVERAGE=${coverage}`, 'node', file)
    const scripts = readdirSync(coverage).flatMap(
      (name) => JSON.parse(readFileSync(join(coverage, name), 'utf8')).result,
    )
    const inModules = scripts
      .map(({ url }) => url.split('/node_modules/').slice(1).join('/node_modules/'))
      .filter(Boolean)
    return [...new Set(inModules)].sort()
  }
  const atStart = await loadedBy('start.js')
  const foreign = atStart.filter((file) => !/^(?:railswitch|@railswitch\/[^/]+)\/dist\//.test(file))
  if (foreign.length > 0) throw new Error(`loaded at the start: ${foreign.join(', ')}`)
  const calls = atStart.filter((file) => /vendor-calls|encod|open-telemetry|diagnos/.test(file))
  if (calls.length > 0) throw new Error(`loaded before the first call: ${calls.join(', ')}`)
  const later = await loadedBy('deposit.js')
  const ofTheOther = later.filter((file) =>
    /^@railswitch\/trustly-direct\/dist\/chunks\/vendor-calls|^node-forge\//.test(file),
  )
  if (ofTheOther.length > 0) throw new Error(`loaded of a rail that is not configured: ${ofTheOther.join(', ')}`)
  for (const name of ['axios', 'jose', '@opentelemetry/api', '@railswitch/payabl-trustly/dist/chunks/vendor-calls'])
    if (!later.some((file) => file.startsWith(name))) throw new Error(`${name} was not loaded by a deposit`)
  return `${atStart.length} files at the start, ${later.length} after a deposit`
}

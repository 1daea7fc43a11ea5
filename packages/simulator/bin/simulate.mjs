// Bundles the simulator from the sources, with a planted fault where one is asked for, and runs it.
// `npm run simulate -- --help`
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleSimulator } from './bundle.mjs'
import { plantedFaults } from './planted-faults.mjs'

const words = process.argv.slice(2)
const at = words.indexOf('--plant')
const name = at < 0 ? undefined : words.splice(at, 2)[1]
const planted = plantedFaults.find((fault) => fault.name === name)
if (at >= 0 && !planted) {
  process.exit(2)
}
const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', `.bundle-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const { main } = await import(pathToFileURL(await bundleSimulator(folder, planted)).href)
process.exitCode = await main(words)

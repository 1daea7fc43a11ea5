// The simulator with all that it imports as one file, so that a source can be changed on the way.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** For workers that run worlds: much of a world is short-lived, and a small young generation is collected too often. */
export const resourceLimits = { maxYoungGenerationSizeMb: 128 }

/**
 * `planted`: `{ file, from, to }`, an edit of one source. Rejects unless `from` stands in it exactly once. `entry`: `main`, the command
 * line, or `index`, the functions.
 */
export const bundleSimulator = async (folder, planted, entry = 'main') => {
  const outfile = join(folder, 'simulator.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@railswitch/source'],
    // CommonJS packages ask for Node's own modules by `require`.
    banner: { js: "import { createRequire as from } from 'node:module'; const require = from(import.meta.url);" },
    plugins: planted ? [plant(planted)] : [],
    logLevel: 'error',
  })
  return outfile
}

const plant = ({ file, from, to }) => ({
  name: 'planted fault',
  setup({ onLoad }) {
    const path = join(root, file)
    // Only this file passes through JavaScript.
    onLoad({ filter: new RegExp(`^${path.replace(/[^\w]/g, '\\$&')}$`) }, () => {
      const text = readFileSync(path, 'utf8')
      if (text.split(from).length !== 2) throw new Error(`The text to edit does not stand in ${file} exactly once.`)
      return { loader: 'ts', contents: text.replace(from, () => to) }
    })
  },
})

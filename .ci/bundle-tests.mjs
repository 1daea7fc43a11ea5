// Within Stryker's copy: an area's tests and all that they load as one file, so that a mutant costs one small load.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const tests = process.argv.slice(2)
const copy = process.cwd()
const original = resolve('../../../..') // of `.ci/mutation/sandbox/sandbox-x`

/** The source of an entry, as the manifest of its package names it: `@railswitch/core/provider`. */
const sourceOf = (specifier) => {
  const [, name, ...rest] = specifier.split('/')
  const folder = join(copy, 'packages', name)
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entry = exports[`./${rest.join('/')}`] ?? (rest.length === 0 ? exports['.'] : exports[`./${rest[0]}/*`])
  return join(folder, entry['@railswitch/source'].replace('*', rest.slice(1).join('/')))
}

const sources = {
  name: 'sources',
  setup(build) {
    build.onLoad({ filter: /packages\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        // A mutant has every test again: a property draws a few cases, and always the same.
        .replaceAll(/numRuns: [\d_]+/g, 'numRuns: 20'),
    }))
    build.onResolve({ filter: /^@railswitch\// }, ({ path }) => ({ path: sourceOf(path) }))
    build.onResolve({ filter: /^@jest\/globals$/ }, ({ path }) => ({ path, namespace: 'globals' }))
    build.onLoad({ filter: /.*/, namespace: 'globals' }, () => ({ contents: 'module.exports = globalThis' }))
    // The copy has no node_modules yet.
    build.onResolve({ filter: /^[^.]/ }, ({ path, kind, resolveDir }) =>
      resolveDir.startsWith(copy)
        ? build.resolve(path, { kind, resolveDir: resolveDir.replace(copy, original) })
        : undefined,
    )
  },
}

await build({
  stdin: {
    contents: `require('fast-check').default.configureGlobal({ seed: 12, numRuns: 20 })
      ${tests.map((file) => `require('./${file}')`).join('\n')}`,
    resolveDir: '.',
  },
  outfile: '.ci/mutation.test.cjs',
  bundle: true,
  platform: 'node',
  conditions: ['@railswitch/source'],
  plugins: [sources],
  logLevel: 'error',
})

// Compiles a package into a few files: one per entry, what they share, and what loads on first use.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { publicPackages } from './workspace.mjs'

/**
 * Compiled in: what is needed at the start, where a hundred small files cost more time than their contents, and large packages of
 * which little is used. Everything else stays a dependency, so that its security fixes need no release of ours.
 */
const compiledIn = ['zod', 'fp-ts', 'fastest-levenshtein', 'transliteration', 'csv-parse', 'i18n-iso-countries']

/** Where the other packages find core's zod: one copy, loaded once. */
export const sharedZod = '@railswitch/core/zod'

/** Writes `dist` into `folder`. Resolves with the packages that were compiled in and those that are still imported. */
export const bundle = async ({ folder: source, manifest, entries }, folder) => {
  const isCore = manifest.name === '@railswitch/core'
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: [
      ...entries.map((entry) => ({ in: entry.source, out: entry.name })),
      ...(isCore ? [{ in: 'shared-zod', out: 'zod' }] : []),
    ],
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    charset: 'utf8',
    legalComments: 'none',
    conditions: ['@railswitch/source'],
    plugins: [dependencies(isCore)],
    metafile: true,
    logLevel: 'error',
  })
  const inputs = Object.keys(metafile.inputs).map(packageIn).filter(Boolean)
  const imports = Object.values(metafile.outputs).flatMap((output) =>
    output.imports.filter(({ external }) => external).map(({ path }) => path),
  )
  return { compiled: [...new Set(inputs)], imports: [...imports, ...required(Object.keys(metafile.outputs), source)] }
}

/** What is loaded by a `require` of its own, which esbuild leaves as it is. */
const required = (outputs, source) =>
  outputs.flatMap((path) =>
    [
      ...readFileSync(join(source, path), 'utf8').matchAll(/createRequire\(import\.meta\.url\)\(["']([^"']+)["']\)/g),
    ].map(([, name]) => name),
  )

const dependencies = (isCore) => ({
  name: 'dependencies',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^shared-zod$/ }, ({ path }) => ({ path, namespace: 'shared', sideEffects: false }))
    onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
      contents: `export { ${usedOfZod().join(', ')} } from 'zod'`,
      resolveDir: coreFolder(),
    }))
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === 'resolved') return undefined
      const name = packageOf(path)
      if (name === 'zod' && !isCore) return { path: sharedZod, external: true }
      if (resolveDir.includes('node_modules')) return undefined // a dependency of what is compiled in
      if (!compiledIn.includes(name)) return { path, external: true }
      // fp-ts for bundlers: what nothing uses is left out.
      return resolve(path.replace(/^fp-ts\/lib\//, 'fp-ts/es6/'), { kind, resolveDir, pluginData: 'resolved' })
    })
  },
})

const coreFolder = () => publicPackages().find(({ manifest }) => manifest.name === '@railswitch/core').folder

/** The members of zod that the packages use. */
const usedOfZod = () => {
  const texts = publicPackages().flatMap(({ folder }) =>
    readdirSync(join(folder, 'src'), { recursive: true })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|__fixtures__/.test(file))
      .map((file) => readFileSync(join(folder, 'src', file), 'utf8'))
      .filter((text) => text.includes("import * as z from 'zod'")),
  )
  const zod = createRequire(join(coreFolder(), 'package.json'))('zod')
  const named = texts.flatMap((text) => [...text.matchAll(/\bz\.([a-z]\w*)/g)].map(([, name]) => name))
  return [...new Set(named)].filter((name) => name in zod).sort()
}

export const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** The package of a file in node_modules; undefined for our own. */
const packageIn = (file) => {
  const at = file.lastIndexOf('node_modules/')
  return at < 0 ? undefined : packageOf(file.slice(at + 'node_modules/'.length))
}

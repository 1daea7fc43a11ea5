// Every published package loads as ESM and through require, shows the same names both ways, and depends on all that it imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'

const require = createRequire(import.meta.url)
/** What a package's build imports and neither `dependencies` nor `peerDependencies` names: an installation from the registry lacks it. */
const undeclaredOf = (name) => {
  const folder = new URL(`../packages/${name}/`, import.meta.url)
  const {
    dependencies = {},
    peerDependencies = {},
    private: isPrivate,
  } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  if (isPrivate) return []
  const files = readdirSync(new URL('dist', folder), { recursive: true }).filter((file) => /\.(?:js|d\.ts)$/.test(file))
  const imported = files.flatMap((file) => {
    const text = readFileSync(new URL(`dist/${file}`, folder), 'utf8')
    return [
      ...text.matchAll(
        /^(?:import|export|\}) .*?from '([^'.][^']*)'|^import '([^'.][^']*)'|\bimport\(["']([^"'.][^"']*)["']\)/gm,
      ),
    ]
      .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic)
      .filter((module) => !isBuiltin(module))
      .map((module) => module.split('/', module.startsWith('@') ? 2 : 1).join('/'))
  })
  return [...new Set(imported)].filter((module) => !(module in dependencies) && !(module in peerDependencies))
}

const packages = readdirSync(new URL('../packages', import.meta.url)).filter((name) =>
  existsSync(new URL(`../packages/${name}/dist/index.js`, import.meta.url)),
)
for (const name of packages) {
  const imported = Object.keys(await import(`../packages/${name}/dist/index.js`)).sort()
  const required = Object.keys(require(`../packages/${name}/dist/index.js`)).sort()
  const undeclared = undeclaredOf(name)
  if (undeclared.length > 0) throw new Error(`${name} imports ${undeclared}, which it does not depend on`)
  if (imported.length === 0 || String(imported) !== String(required))
    throw new Error(`${name}: import gives ${imported}; require gives ${required}`)
}
console.log(`${packages.length} packages load`)

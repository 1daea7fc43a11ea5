// Every published package loads as ESM and through require, and shows the same names both ways.
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const packages = readdirSync(new URL('../packages', import.meta.url)).filter((name) =>
  existsSync(new URL(`../packages/${name}/dist/index.js`, import.meta.url)),
)
for (const name of packages) {
  const imported = Object.keys(await import(`../packages/${name}/dist/index.js`)).sort()
  const required = Object.keys(require(`../packages/${name}/dist/index.js`)).sort()
  if (imported.length === 0 || String(imported) !== String(required))
    throw new Error(`${name}: import gives ${imported}; require gives ${required}`)
}
console.log(`${packages.length} packages load`)

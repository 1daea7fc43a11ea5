import { readFileSync } from 'node:fs'
import { createProject, usual } from './project.mjs'

export const about =
  'declarations without skipLibCheck, on TypeScript 5.9 and 7, with each module setting; the result runs'

const compilers = { 'TypeScript 5.9': 'typescript-5', 'TypeScript 7': 'typescript-7' }
const modules = ['node16', 'node18', 'node20', 'nodenext', 'bundler']

const config = (module, include) => ({
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    ...(module === 'bundler' ? { module: 'esnext', moduleResolution: 'bundler' } : { module }),
    outDir: `out-${module}`,
  },
  include,
})

const main = `import { shop } from './shop.js'\nconsole.log(await shop())\n`
const mainInCommonJs = `import railswitch = require('railswitch')
import sandbox = require('@railswitch/sandbox')
const payments: railswitch.Payments | undefined = undefined
console.log(typeof railswitch.createPayments, typeof sandbox.startSandbox, payments)
`

export const run = async (context) => {
  const project = await createProject(context, {
    manifest: { type: 'module' },
    packed: [...usual, '@railswitch/store-postgres'],
    dependencies: {
      '@types/node': '20.19.43',
      'typescript-5': 'npm:typescript@5.9.3',
      'typescript-7': 'npm:typescript@7.0.2',
    },
    files: {
      'shop.ts': readFileSync(new URL('shop.ts', import.meta.url), 'utf8'),
      'main.ts': main,
      'main-in-commonjs.cts': mainInCommonJs,
      ...Object.fromEntries(
        modules.map((module) => [`tsconfig.${module}.json`, JSON.stringify(config(module, ['main.ts', 'shop.ts']))]),
      ),
      'tsconfig.commonjs.json': JSON.stringify(config('nodenext', ['main-in-commonjs.cts'])),
    },
  })
  const lines = []
  for (const [name, folder] of Object.entries(compilers)) {
    const compile = (module) => project.run('node', `node_modules/${folder}/bin/tsc`, '-p', `tsconfig.${module}.json`)
    for (const module of modules) await compile(module)
    await compile('commonjs')
    lines.push(`${name}: ${modules.join(', ')}; CommonJS under nodenext`)
  }
  lines.push(await project.run('node', 'out-nodenext/main.js'))
  lines.push(await project.run('node', 'out-nodenext/main-in-commonjs.cjs'))
  return lines.join('\n')
}

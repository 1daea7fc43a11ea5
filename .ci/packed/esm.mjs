import { readFileSync } from 'node:fs'
import { createProject } from './project.mjs'

export const about = 'an empty ESM project: deposit, callback and refund on both rails'

export const pay = readFileSync(new URL('pay.cjs', import.meta.url), 'utf8')

export const main = `import * as sandbox from '@railswitch/sandbox'
import * as railswitch from 'railswitch'
import { pay } from './pay.cjs'
console.log((await pay(railswitch, sandbox)).join('\\n'))
`

export const run = async (context) => {
  const project = await createProject(context, {
    manifest: { type: 'module' },
    files: { 'main.js': main, 'pay.cjs': pay },
  })
  return project.run('node', 'main.js')
}

import { pay } from './esm.mjs'
import { createProject } from './project.mjs'

export const about = 'an empty CommonJS project: the same with require'

const main = `const railswitch = require('railswitch')
const sandbox = require('@railswitch/sandbox')
const { pay } = require('./pay.cjs')
pay(railswitch, sandbox).then((lines) => console.log(lines.join('\\n')))
`

export const run = async (context) => {
  const project = await createProject(context, { files: { 'main.js': main, 'pay.cjs': pay } })
  return project.run('node', 'main.js')
}

import { main, pay } from './esm.mjs'
import { createProject } from './project.mjs'

export const about = 'Deno runs deposit, callback and refund on both rails'

export const run = async (context) => {
  const project = await createProject(context, {
    manifest: { type: 'module' },
    files: { 'main.js': main, 'pay.cjs': pay },
    dependencies: { deno: '2.9.6' },
  })
  const version = await project.run('node_modules/.bin/deno', '--version')
  return `${version.split('\n', 1)}\n${await project.run('node_modules/.bin/deno', 'run', '--allow-all', 'main.js')}`
}

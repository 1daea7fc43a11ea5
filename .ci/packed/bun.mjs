import { main, pay } from './esm.mjs'
import { createProject } from './project.mjs'

export const about = 'Bun runs deposit, callback and refund on both rails'

export const run = async (context) => {
  const project = await createProject(context, {
    manifest: { type: 'module' },
    files: { 'main.js': main, 'pay.cjs': pay },
    dependencies: { bun: '1.4.5' },
  })
  const version = await project.run('node_modules/.bin/bun', '--version')
  return `Bun ${version}${await project.run('node_modules/.bin/bun', 'main.js')}`
}

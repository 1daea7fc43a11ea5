import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createProject, execute } from './project.mjs'

export const about = 'publint and attw find nothing wrong with a tarball, and its pages link only what it contains'

export const run = async (context) => {
  const { folder, run: runTool } = await createProject(context, {
    packed: [],
    dependencies: { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5' },
  })
  for (const tarball of context.tarballs) {
    checkPages(tarball)
    await runTool('node_modules/.bin/publint', 'run', tarball.folder, '--pack', 'false', '--strict')
    // ESM only: `require` works on the Nodes of `engines`, and its types under nodenext.
    await execute(folder, 'node_modules/.bin/attw', [tarball.file, '--profile', 'esm-only', '--format', 'ascii'])
  }
  return `${context.tarballs.length} packages`
}

const checkPages = ({ name, folder }) => {
  const { keywords = [] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (keywords.length === 0) throw new Error(`${name} has no keywords`)
  if (!/^npm install /m.test(readFileSync(join(folder, 'README.md'), 'utf8')))
    throw new Error(`the README of ${name} does not say how to install it`)
  const files = readdirSync(folder, { recursive: true })
  const unwanted = files.filter((file) => /\.map$|\.test\.|^src\b|__fixtures__/.test(file))
  if (unwanted.length > 0) throw new Error(`${name} contains ${unwanted}`)
  for (const page of files.filter((file) => file.endsWith('.md'))) {
    const text = readFileSync(join(folder, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
    for (const [, href] of text.matchAll(/\]\(([^()\s#]+)(?:#[^()\s]*)?\)/g))
      if (!/^https?:/.test(href) && !existsSync(join(folder, dirname(page), href)))
        throw new Error(`${name}: ${page} links ${href}, which is not in the tarball`)
  }
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runSteps } from '../getting-started.mjs'
import { execute, withTheirs } from './project.mjs'

export const about = 'docs/getting-started.md, step by step in an empty folder'

const pinned = { typescript: '7.0.2', '@types/node': '20.19.43' }

const page = readFileSync(new URL('../../docs/getting-started.md', import.meta.url), 'utf8')

export const run = async ({ folder, tarballs }) => {
  /** The same commands, with our packages from their tarballs: the registry does not have this version. */
  const install = async (commands) => {
    for (const command of commands) {
      const [program, ...words] = command.split(' ')
      if (program === 'mkdir' || program === 'cd') continue // the folder of the set is the new folder
      if (words[0] !== 'install') {
        await execute(folder, program, words)
        continue
      }
      const ours = withTheirs(words, tarballs)
      const others = words
        .filter((word) => !ours.some(({ name }) => name === word))
        .map((word) => (word in pinned ? `${word}@${pinned[word]}` : word))
      await execute(folder, 'npm', [
        ...others,
        ...ours.map(({ file }) => file),
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
      ])
    }
  }
  const pay = async (redirectUrl) => {
    const sandbox = createRequire(join(folder, 'shop.mjs')).resolve('@railswitch/sandbox')
    const { walkCheckout } = await import(pathToFileURL(sandbox))
    await walkCheckout(redirectUrl)
  }
  const shown = await runSteps(page, { folder, install, pay })
  const unexplained = shown.join('\n').match(/.*(?:warn|error|deprecat).*/gi)
  if (unexplained) throw new Error(`A new user would stumble over:\n${unexplained.join('\n')}`)
  return `${shown.length} commands ran as the page shows them`
}

// The licenses of what is compiled into a package, which ask to be passed on.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root } from './workspace.mjs'

const store = join(root, 'node_modules/.pnpm')

/** The text of THIRD-PARTY.md; null if nothing is compiled in. */
export const thirdParty = (names) => {
  if (names.length === 0) return null
  const parts = [...names].sort().map((name) => {
    const folder = installedFolder(name)
    const { version, license } = readJson(folder, 'package.json')
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `License: ${license}`
    return `## ${name} ${version}\n\n${text}\n`
  })
  return `# Software that is compiled into this package\n\n${parts.join('\n')}`
}

const installedFolder = (name) => {
  const entry = readdirSync(store).find((one) => one.startsWith(`${name.replace('/', '+')}@`))
  const folder = join(store, entry ?? '', 'node_modules', name)
  if (!entry || !existsSync(folder)) throw new Error(`${name} is compiled in, and has no folder in ${store}`)
  return folder
}

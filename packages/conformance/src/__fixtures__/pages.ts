import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** The text of a page; its path is relative to the root of the repository. */
export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8')

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name.startsWith('.') || ['node_modules', 'dist', 'publish'].includes(entry.name) ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })

export const docsPages = pagesIn('docs')
export const allPages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...docsPages,
  ...pagesIn('packages').filter((page) => page.endsWith('/README.md')),
]

/** Without blocks of code, in which `#` and brackets mean something else. */
export const proseOf = (text: string): string => text.replace(/^( *)(`{3,})[\s\S]*?^\1\2 *$/gm, '')

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/ /g, '-')

/** The text of each section, without its heading, by its anchor. A section ends at the next heading. */
export const sectionsOf = (page: string): ReadonlyMap<string, string> => {
  const [, ...sections] = proseOf(readPage(page)).split(/^#{1,6} /m)
  const counts = new Map<string, number>()
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n')
      const anchor = anchorOf(heading)
      const count = counts.get(anchor) ?? 0
      counts.set(anchor, count + 1)
      return [count === 0 ? anchor : `${anchor}-${count}`, lines.join('\n').trim()]
    }),
  )
}

/** The targets of a page's links, as written. */
export const linksOf = (page: string): readonly string[] =>
  [...proseOf(readPage(page)).replace(/`[^`\n]*`/g, '``').matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(
    ([, target = '']) => target,
  )

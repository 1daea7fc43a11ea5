// README, examples and documentation of a published package, with links that work where they are read.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { home, root } from './workspace.mjs'

/** Copies the README, what it links in `docs`, and the examples. A link to anything else leads to the project's home, or is plain text. */
export const copyDocuments = ({ folder: source }, folder) => {
  const from = relative(root, source)
  if (existsSync(join(source, 'examples')))
    cpSync(join(source, 'examples'), join(folder, 'examples'), { recursive: true })
  const readme = join(from, 'README.md')
  const pages = linksOf(readme).filter((path) => path.startsWith('docs/') && path.endsWith('.md'))
  const published = new Map([
    [readme, 'README.md'],
    ['LICENSE', 'LICENSE'],
    ...[...new Set(pages)].map((path) => [path, path]),
  ])
  const targetOf = (path) => {
    if (path === `${from}/examples` || path.startsWith(`${from}/examples/`)) return path.slice(from.length + 1)
    return published.get(path)
  }
  for (const [path, target] of published) {
    if (!path.endsWith('.md')) continue
    mkdirSync(dirname(join(folder, target)), { recursive: true })
    writeFileSync(join(folder, target), withLinks(path, target, targetOf))
  }
}

/** `![` is a picture. */
const link = /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g

const textOf = (path) => readFileSync(join(root, path), 'utf8')

/** The files of the repository that a page links. */
const linksOf = (path) => [...textOf(path).matchAll(link)].flatMap(([, , , href]) => fileOf(path, href)?.file ?? [])

/** Undefined for an address and for a part of the page itself. */
const fileOf = (path, href) => {
  if (/^(?:[a-z]+:|#)/.test(href)) return undefined
  const [file, part] = href.split('#')
  return {
    file: posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, ''),
    part: part ? `#${part}` : '',
  }
}

const withLinks = (path, target, targetOf) =>
  outsideOfCode(textOf(path), link, (whole, picture, text, href) => {
    const linked = fileOf(path, href)
    if (!linked) return whole
    const inPackage = targetOf(linked.file)
    if (inPackage !== undefined) {
      const relativePath = posix.relative(posix.dirname(target), inPackage)
      return `${picture}[${text}](${relativePath}${linked.part})`
    }
    if (home()) return `${picture}[${text}](${home()}/${picture ? 'raw' : 'blob'}/main/${linked.file}${linked.part})`
    return picture ? '' : text
  })

const outsideOfCode = (text, pattern, replace) =>
  text
    .split(/(^```[\s\S]*?^```)/m)
    .map((part) => (part.startsWith('```') ? part : part.replace(pattern, replace)))
    .join('')

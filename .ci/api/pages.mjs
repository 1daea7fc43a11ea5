// Which pages docs/api has, and how they differ from those in the repository.
import { join, relative } from 'node:path'
import { root } from '../packing/workspace.mjs'

/** A page for each entry: `{ specifier, file, source, description }`. The package for applications comes first. */
export const apiPages = (packages) =>
  packages
    .flatMap(({ folder, manifest, entries }) =>
      entries.map(({ subpath, source }) => {
        const specifier = join(manifest.name, subpath)
        return {
          specifier,
          file: `${specifier.replace('@railswitch/', '').replaceAll('/', '-')}.md`,
          source: relative(root, join(folder, source)),
          description: manifest.description,
        }
      }),
    )
    .sort((a, b) => rank(a) - rank(b) || (a.specifier < b.specifier ? -1 : 1))

/** The text of docs/api/README.md. */
export const indexPage = (pages) => `# API reference

What each entry of each package exports, from its declarations and doc blocks. Written by \`npm run api\`; a change of it is a change of what
users can rely on. [Versioning](../versioning.md#what-is-stable) says which parts are stable.

| import from | package |
| --- | --- |
${[...new Set(pages.map(({ description }) => description))]
  .map((description) => {
    const entries = pages.filter((page) => page.description === description)
    return `| ${entries.map(({ specifier, file }) => `[${specifier}](${file})`).join(', ')} | ${description} |`
  })
  .join('\n')}
`

/** TypeDoc numbers the anchors of equal names over the whole page: one new property would change lines everywhere. */
export const withoutRowAnchors = (text) =>
  text.replace(/<a id="[^"]*"><\/a> /g, '').replace(/\[(`[^`]*`)\]\([\w.-]*#property-[^)]*\)/g, '$1')

/** A line for each page that differs, with the first line that does. */
export const differences = (stored, current) =>
  [...new Set([...Object.keys(stored), ...Object.keys(current)])].sort().flatMap((file) => {
    if (stored[file] === current[file]) return []
    if (stored[file] === undefined) return [`docs/api/${file} is missing`]
    if (current[file] === undefined) return [`docs/api/${file} is the page of no entry`]
    const [before, after] = [stored[file].split('\n'), current[file].split('\n')]
    const at = after.findIndex((line, index) => line !== before[index])
    const index = at < 0 ? after.length : at
    return [`docs/api/${file}:${index + 1}\n  - ${before[index] ?? ''}\n  + ${after[index] ?? ''}`]
  })

const rank = ({ specifier }) => (specifier.startsWith('railswitch') ? 0 : 1)

// The packages of the workspace as the packing needs them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** Every package that is published: its folder, its manifest and its entries. */
export const publicPackages = () =>
  readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readJson(folder, 'package.json') }))
    .filter(({ manifest }) => !manifest.private)
    .map((one) => ({ ...one, entries: entriesOf(one.manifest) }))

/** `{ subpath, source, name }` of each exported module. Fixtures have no build, so they are not published. */
const entriesOf = ({ exports }) =>
  Object.entries(exports).flatMap(([subpath, target]) =>
    typeof target === 'object' && 'default' in target
      ? [
          {
            subpath,
            source: target['@railswitch/source'],
            name: target.default.replace(/^\.\/dist\/(.*)\.js$/, '$1'),
          },
        ]
      : [],
  )

/** The address of the repository, from the package.json of the workspace. Empty until the project has one: then no link pretends one. */
export const home = () => readJson(root, 'package.json').home.replace(/\/$/, '')

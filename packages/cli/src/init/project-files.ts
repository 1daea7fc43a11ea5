import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configuration, environment, smokeTest } from './file-templates.ts'
import type { Framework } from './frameworks.ts'

/** A file of the new project, with its path in the project. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
  /** Only the user may read it. */
  readonly isSecret?: true
}

/** The runnable examples: the published package has them as `templates`. */
const examplesFolder = (): string => {
  const places = ['../templates', '../../templates', '../../../examples', '../../../../examples']
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((one) => existsSync(join(one, 'express')))
  if (found === undefined) throw new Error('The templates of @railswitch/cli are missing: install it again.')
  return found
}

/** Everything that `init` writes for a framework. */
export const projectFiles = (framework: Framework, name: string): readonly ProjectFile[] => {
  const example = exampleFiles(join(examplesFolder(), framework))
  const usesFile = framework !== 'next' && framework !== 'nest'
  return [
    ...(usesFile ? [{ path: 'railswitch.config.mjs', text: configuration }] : []),
    { path: '.env', text: environment(), isSecret: true },
    ...example.map((file) => {
      if (file.path === 'package.json') return { ...file, text: manifest(file.text, name) }
      return usesFile && file.path === 'shop.ts' ? { ...file, text: withStoreAndFile(file.text) } : file
    }),
    { path: 'smoke.test.mjs', text: smokeTest },
    { path: '.gitignore', text: 'node_modules/\n.env\n.railswitch/\ndist/\n.next/\n' },
  ]
}

const exampleFiles = (folder: string): readonly ProjectFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(
      (path) =>
        statSync(path).isFile() &&
        !/node_modules|\.env$|(?:^|\/)(?:\.next|dist|\.railswitch)\//.test(relative(folder, path)),
    )
    .sort()
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }))

/** The example keeps its payments in memory and reads variables only. */
const withStoreAndFile = (text: string): string =>
  replaced(text, [
    [
      "import { configFromEnv, createPayments, memoryStore } from 'railswitch'",
      "import { embeddedStore } from '@railswitch/store-postgres/embedded'\nimport { configFromFile, createPayments } from 'railswitch'\n\n/** For development; in production, postgresStore({ pool }) over your PostgreSQL. */\nexport const store = embeddedStore({ folder: '.railswitch' })",
    ],
    [
      '  ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch\n',
      '  ...(await configFromFile({ env: process.env })), // RAILSWITCH_ACTIVE is the switch\n',
    ],
    [/ {2}store: memoryStore\(\),.*\n {2}requires: .*\n/, '  store,\n'],
  ])

const replaced = (text: string, changes: readonly (readonly [string | RegExp, string])[]): string =>
  changes.reduce((changed, [what, by]) => {
    const next = changed.replace(what, () => by)
    if (next === changed) throw new Error('A template of @railswitch/cli has changed: report it.')
    return next
  }, text)

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifest = (example: string, name: string): string => {
  const { scripts, dependencies, devDependencies, ...rest }: Manifest = JSON.parse(example)
  const ours = dependencies.railswitch ?? ''
  return `${JSON.stringify(
    {
      ...rest,
      name,
      scripts: {
        ...scripts,
        sandbox: 'railswitch sandbox --port 4270 --write-env',
        test: 'node --test smoke.test.mjs',
      },
      dependencies: {
        '@electric-sql/pglite': '^0.5.16',
        '@railswitch/store-postgres': ours,
        ...dependencies,
      },
      devDependencies: { '@railswitch/cli': ours, '@railswitch/sandbox': ours, ...devDependencies },
    },
    null,
    2,
  )}\n`
}

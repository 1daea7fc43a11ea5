import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../', import.meta.url))

interface Loaded {
  /** Of our packages, such as `core/src/index.ts`. */
  readonly files: ReadonlySet<string>
  /** Of other packages and of Node, as they are imported. */
  readonly modules: ReadonlySet<string>
}

/** What loads together with a file: everything that it imports, and what that imports, but no types and no `import()`. */
const loadedWith = (entry: string): Loaded => {
  const files = new Set([entry])
  const modules = new Set<string>()
  for (const file of files)
    for (const specifier of importsOf(join(packages, file))) {
      const ours = /^(?:@railswitch\/|railswitch$)/.test(specifier) ? entryOf(specifier) : undefined
      if (specifier.startsWith('.')) files.add(relative(packages, resolve(packages, dirname(file), specifier)))
      else if (ours !== undefined) files.add(ours)
      else modules.add(specifier)
    }
  return { files, modules }
}

const statements = /^(?:import|export) (?!type )(?:([^;'"]*?) from )?'([^']+)'/gms

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(statements)].flatMap(([, names = '', specifier = '']) =>
    isForTypes(names) ? [] : [specifier],
  )

/** `{ type A, type B }` is an import that the compiler removes. */
const isForTypes = (names: string): boolean => {
  const listed =
    /^\{(.*)\}$/s
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? []
  const named = listed.filter(Boolean)
  return named.length > 0 && named.every((name) => name.startsWith('type '))
}

const entryOf = (specifier: string): string => {
  const [, name = 'railswitch', path] = /^@railswitch\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? []
  const { exports } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  return join(name, exports[path === undefined ? '.' : `./${path}`]['@railswitch/source'])
}

const railswitch = loadedWith('railswitch/src/index.ts')

test('railswitch loads nothing large at the start', () => {
  const foreign = [...railswitch.modules].filter((name) => !name.startsWith('node:'))
  expect(foreign.sort()).toEqual([
    'fp-ts/lib/Either.js',
    'fp-ts/lib/TaskEither.js',
    'fp-ts/lib/function.js',
    'i18n-iso-countries/index.js',
    'zod',
  ])
})

test('node:http and node:https load with the first call', () => {
  expect([...railswitch.modules].filter((name) => /^node:(?:http|https|tls|net)$/.test(name))).toEqual(['node:net'])
})

test.each(['trustly-direct', 'payabl-trustly'])('of %s, what calls the vendor loads with the first call', (name) => {
  const files = [...railswitch.files].filter((file) => file.startsWith(`${name}/`))
  expect(files).toContain(`${name}/src/provider.ts`)
  expect(files.filter((file) => /\/src\/(?:vendor-calls|diagnostics|look-up)\b/.test(file))).toEqual([])
  const called = loadedWith(`${name}/src/vendor-calls.ts`).files
  expect([...called]).toContain(`${name}/src/look-up/look-up.ts`)
  expect(files.filter((file) => /\/src\/(?:client|operations)\//.test(file)).sort()).toEqual(light[name])
})

/** The files of these folders that configuration, requirements and callbacks need. */
const light: Readonly<Record<string, readonly string[]>> = {
  'trustly-direct': [
    'trustly-direct/src/client/field-rules.ts',
    'trustly-direct/src/client/methods/clearing-houses.ts',
    'trustly-direct/src/client/native-notification.ts',
    'trustly-direct/src/operations/checkout.ts',
  ],
  'payabl-trustly': [],
}

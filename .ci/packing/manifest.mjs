// The package.json of a published package.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import { packageOf, sharedZod } from './bundle.mjs'
import { home, root } from './workspace.mjs'

/**
 * `imports`: the modules that the compiled files and the declarations import. Only their packages stay dependencies; one that the
 * sources do not declare is an error.
 */
export const publishedManifest = ({ folder, manifest, entries }, imports, versions) => {
  const needed = [...new Set(imports.filter((path) => !isBuiltin(path)).map(packageOf))].sort()
  const { peerDependencies = {}, dependencies: declared = {} } = manifest
  const undeclared = needed.filter(
    (name) => name !== manifest.name && !(name in declared) && !(name in peerDependencies) && name !== 'zod',
  )
  if (undeclared.length > 0) throw new Error(`${manifest.name} imports ${undeclared}, which it does not depend on`)
  const dependencies = Object.fromEntries(
    [...needed, ...typesOf(declared)]
      .filter((name) => name in declared)
      .sort()
      .map((name) => [name, versions.get(name) ?? catalog.get(name)]),
  )
  const { name, version, description, keywords, license, type, sideEffects, engines, bin, peerDependenciesMeta } =
    manifest
  return {
    name,
    version,
    description,
    ...(keywords && { keywords }),
    license,
    ...homeOf(folder),
    type,
    sideEffects,
    engines,
    ...(bin && { bin }),
    exports: {
      ...Object.fromEntries(
        entries.map((entry) => [
          entry.subpath,
          { types: `./dist/${entry.name}.d.ts`, default: `./dist/${entry.name}.js` },
        ]),
      ),
      ...(sharedZod.startsWith(`${name}/`) && { './zod': { types: './dist/zod.d.ts', default: './dist/zod.js' } }),
      './package.json': './package.json',
    },
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
    ...(Object.keys(peerDependencies).length > 0 && { peerDependencies, peerDependenciesMeta }),
  }
}

/** Types that declarations use through a peer dependency, such as those of pg. */
const typesOf = (declared) => Object.keys(declared).filter((name) => name.startsWith('@types/'))

/** The version of each entry of the workspace's catalog. */
const catalog = new Map(
  [...readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').matchAll(/^ {2}"?([^":\n]+)"?: (.+)$/gm)].map(
    ([, name, range]) => [name, range],
  ),
)

const homeOf = (folder) => {
  if (!home()) return {}
  const directory = relative(root, folder)
  return {
    homepage: `${home()}/tree/main/${directory}#readme`,
    repository: { type: 'git', url: `git+${home()}.git`, directory },
    bugs: `${home()}/issues`,
  }
}

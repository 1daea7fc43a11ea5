// What `npm publish` publishes: `packages/*/publish`, and the tarballs of it.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { build } from '../build.mjs'
import { bundle, sharedZod } from './bundle.mjs'
import { copyDeclarations } from './declarations.mjs'
import { copyDocuments } from './documents.mjs'
import { publishedManifest } from './manifest.mjs'
import { thirdParty } from './third-party.mjs'
import { publicPackages, root } from './workspace.mjs'

const run = promisify(execFile)

/** The declarations are those of the build. */
export const buildPackages = () => {
  for (const { folder } of publicPackages()) build(relative(root, folder))
}

/** Writes every `publish` folder. */
export const writePublishFolders = async () => {
  const packages = publicPackages()
  const versions = new Map(packages.map(({ manifest: { name, version } }) => [name, version]))
  return Promise.all(
    packages.map(async (one) => {
      const folder = join(one.folder, 'publish')
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      const { compiled, imports } = await bundle(one, folder)
      const typeImports = copyDeclarations(one, folder)
      if (sharedZod.startsWith(`${one.manifest.name}/`))
        writeFileSync(join(folder, 'dist/zod.d.ts'), '// Only for the other packages of railswitch.\nexport {}\n')
      const manifest = publishedManifest(one, [...imports, ...typeImports], versions)
      writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
      const licenses = thirdParty(compiled)
      if (licenses) writeFileSync(join(folder, 'THIRD-PARTY.md'), licenses)
      cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
      const changelog = join(one.folder, 'CHANGELOG.md')
      if (existsSync(changelog)) cpSync(changelog, join(folder, 'CHANGELOG.md'))
      if (existsSync(join(one.folder, 'bin'))) cpSync(join(one.folder, 'bin'), join(folder, 'bin'), { recursive: true })
      // `railswitch init` writes the runnable examples.
      if (manifest.name === '@railswitch/cli')
        for (const example of ['express', 'fastify', 'hono', 'next', 'nest'])
          cpSync(join(root, 'packages/examples', example), join(folder, 'templates', example), { recursive: true })
      copyDocuments(one, folder)
      return { name: manifest.name, folder }
    }),
  )
}

/** Writes the tarballs into `folder`. Resolves with `{ name, folder, file, files, packedBytes, unpackedBytes }` of each. */
export const packAll = async (folder) => {
  const published = await writePublishFolders()
  const { stdout } = await run('npm', [
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    folder,
    ...published.map((one) => one.folder),
  ])
  return JSON.parse(stdout).map(({ name, filename, files, size, unpackedSize }) => ({
    name,
    folder: published.find((one) => one.name === name).folder,
    file: join(folder, filename.replace('@', '').replace('/', '-')),
    files: files.map(({ path, size: bytes }) => ({ path, size: bytes })),
    packedBytes: size,
    unpackedBytes: unpackedSize,
  }))
}

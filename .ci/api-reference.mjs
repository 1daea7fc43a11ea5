// `npm run api` writes docs/api: a page for each entry of each public package, from its declarations and doc blocks. With `--check`, nothing
// is written, and a page that differs is an error: so a change of what a package exports is a change of a page, seen in review.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { apiPages, differences, indexPage, withoutRowAnchors } from './api/pages.mjs'
import { publicPackages, root } from './packing/workspace.mjs'

// TypeDoc needs the API of TypeScript 6, which the workspace does not have: they are installed beside it, on first use.
const tools = {
  typedoc: '0.28.20',
  'typedoc-plugin-markdown': '4.14.1',
  'typedoc-plugin-missing-exports': '4.1.4',
  typescript: '6.0.3',
}
const toolFolder = join(root, 'node_modules/.railswitch-api')

const words = process.argv.slice(2)
if (words.length > 1 || (words.length === 1 && words[0] !== '--check')) {
  console.error('Use: npm run api, or npm run api -- --check')
  process.exit(2)
}
const out = mkdtempSync(join(tmpdir(), 'railswitch-api-'))
process.on('exit', () => rmSync(out, { recursive: true, force: true }))

installTools()
const pages = apiPages(publicPackages())
await writePages()
writeFileSync(join(out, 'README.md'), indexPage(pages))

const target = join(root, 'docs/api')
if (words.length === 0) {
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target)
  for (const [file, text] of Object.entries(textsIn(out))) writeFileSync(join(target, file), text)
  console.log(`docs/api has ${pages.length} pages and their index.`)
} else {
  const changed = differences(textsIn(target), textsIn(out))
  if (changed.length > 0) {
    console.error(
      `${changed.join('\n')}\n\ndocs/api does not say what the packages export now. Run \`npm run api\`,\nread the difference as a user would, and commit it.`,
    )
    process.exitCode = 1
  } else console.log(`docs/api is up to date: ${pages.length} pages.`)
}

function installTools() {
  const manifest = JSON.stringify({ private: true, dependencies: tools })
  const file = join(toolFolder, 'package.json')
  if (existsSync(join(toolFolder, 'installed')) && readFileSync(join(toolFolder, 'installed'), 'utf8') === manifest)
    return
  rmSync(toolFolder, { recursive: true, force: true })
  mkdirSync(toolFolder, { recursive: true })
  writeFileSync(file, manifest)
  const options = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel=error']
  execFileSync('npm', options, { cwd: toolFolder, stdio: ['ignore', 2, 2] })
  writeFileSync(join(toolFolder, 'installed'), manifest)
}

async function writePages() {
  const { Application, TSConfigReader } = await import(
    pathToFileURL(join(toolFolder, 'node_modules/typedoc/dist/index.js')).href
  )
  const tsconfig = join(toolFolder, 'tsconfig.json')
  const compilerOptions = {
    composite: false,
    noEmit: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const files = pages.map(({ source }) => join(root, source))
  writeFileSync(tsconfig, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files }))
  const plugin = (name) =>
    join(toolFolder, `node_modules/${name}/${name.endsWith('markdown') ? 'dist/index.js' : 'index.js'}`)
  const app = await Application.bootstrapWithPlugins(
    {
      tsconfig,
      entryPoints: files,
      basePath: root,
      out,
      plugin: [plugin('typedoc-plugin-markdown'), plugin('typedoc-plugin-missing-exports')],
      // Types that exports use without being exported are part of what a package promises: each is on its package's page.
      placeInternalsInOwningModule: true,
      skipErrorChecking: true, // `tsc -b` has checked them
      excludeExternals: true,
      disableSources: true,
      readme: 'none',
      sort: ['source-order'],
      logLevel: 'Warn',
      validation: { notExported: true, invalidLink: true, rewrittenLink: false, unusedMergeModuleWith: false },
      router: 'module',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      useCodeBlocks: true,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      classPropertiesFormat: 'table',
      typeAliasPropertiesFormat: 'table',
      propertyMembersFormat: 'table',
      typeDeclarationFormat: 'table',
      tableColumnSettings: { hideDefaults: true, hideInherited: true, hideOverrides: true, hideSources: true },
      pageTitleTemplates: { module: ({ name }) => pages.find((page) => page.file === `${name}.md`).specifier },
    },
    [new TSConfigReader()],
  )
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc could not read the packages.')
  for (const module of project.children) {
    const page = pages.find(({ source }) => source.replace(/(\/index)?\.ts$/, '') === module.name)
    if (!page) throw new Error(`${module.name} is the page of no entry`)
    module.name = page.file.replace('.md', '')
    // Members stay in the order of the source; what a module exports is found by its name.
    for (const group of module.groups ?? []) group.children.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  await app.generateOutputs(project)
  if (!app.logger.hasErrors() && !app.logger.hasWarnings()) return
  console.error('docs/api stays as it is: fix the doc blocks that TypeDoc names above.')
  process.exit(1)
}

function textsIn(folder) {
  if (!existsSync(folder)) return {}
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map((file) => [relative(folder, file), withoutRowAnchors(readFileSync(file, 'utf8'))]),
  )
}

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import { type Framework, frameworks } from './frameworks.ts'
import { type ProjectFile, projectFiles } from './project-files.ts'

interface Options {
  readonly framework?: Framework
  readonly force?: true
  readonly json?: true
}

/** Writes an application to the folder. Overwrites nothing unless the user agrees. */
export const initProject = async (folder: string, options: Options, terminal: Terminal): Promise<void> => {
  const framework = await chosenFramework(options, terminal)
  const files = projectFiles(framework, projectName(folder))
  const existing = files.filter(({ path }) => existsSync(join(folder, path)))
  const isOverwriting = options.force === true || (existing.length > 0 && (await agrees(existing, terminal)))
  const written = isOverwriting ? files : files.filter((file) => !existing.includes(file))
  for (const file of written) await write(folder, file)
  const kept = isOverwriting ? [] : existing
  printResult(terminal, {
    json: options.json,
    result: { folder, framework, written: written.map(({ path }) => path), kept: kept.map(({ path }) => path) },
    toText: () => {
      const paint = painter(terminal)
      return [
        ...written.map(({ path }) => `${paint('good', 'written')}  ${path}\n`),
        ...kept.map(({ path }) => `${paint('warning', 'kept')}     ${path}\n`),
        nextSteps(folder, framework, kept),
      ].join('')
    },
  })
}

const chosenFramework = async ({ framework }: Options, { prompts }: Terminal): Promise<Framework> => {
  if (framework !== undefined) return framework
  if (!prompts) throw new UsageError(`Choose a framework: --framework ${Object.keys(frameworks).join(', ')}.`)
  const choices = Object.entries(frameworks).map(([value, { label }]) => ({ value: value as Framework, label }))
  const chosen = await prompts.choose('Which framework does the application use?', choices)
  if (chosen === null) throw new Error('Nothing was written.')
  return chosen
}

const agrees = async (existing: readonly ProjectFile[], { prompts }: Terminal): Promise<boolean> => {
  const names = existing.map(({ path }) => path).join(', ')
  return (await prompts?.confirm(`These files exist: ${names}. Overwrite them?`)) ?? false
}

/** A name that npm accepts. */
const projectName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'shop'

const write = async (folder: string, { path, text, isSecret }: ProjectFile): Promise<void> => {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { mode: isSecret ? 0o600 : 0o644 })
}

const nextSteps = (folder: string, framework: Framework, kept: readonly ProjectFile[]): string => {
  const isKept = (name: string): boolean => kept.some(({ path }) => path === name)
  return `
${isKept('package.json') ? 'Add the scripts and the packages to package.json:\n  npm install railswitch @railswitch/store-postgres @electric-sql/pglite\n  npm install --save-dev @railswitch/cli @railswitch/sandbox\n\n' : ''}Next:
${folder === '.' ? '' : `  cd ${folder}\n`}  npm install
  npm test                           both rails, in a sandbox of its own
  npm run sandbox                    in a terminal of its own: both vendors
  ${frameworks[framework].start.padEnd(33)}  in another one: the application

  curl -X POST http://127.0.0.1:3000/orders/order-1/pay
  npx railswitch trigger credit order-1
  curl -X POST http://127.0.0.1:3000/orders/order-1/refund
  curl http://127.0.0.1:3000/orders/order-1

The other rail, for order-2: stop the application, and start it with
  RAILSWITCH_ACTIVE=payabl ${frameworks[framework].restart}
`
}

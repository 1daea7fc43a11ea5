import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { walkCheckout } from '@railswitch/sandbox'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(join(root, 'docs/getting-started.md'), 'utf8')

/** What the page installs, where the repository has it. */
const installed = {
  railswitch: 'packages/railswitch',
  '@railswitch/store-postgres': 'packages/store-postgres',
  typescript: 'node_modules/typescript',
  '@types/node': 'node_modules/@types/node',
  '.bin/railswitch': 'packages/cli/bin/railswitch.js',
  '.bin/tsc': 'node_modules/typescript/bin/tsc',
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-started-'))
  for (const [name, path] of Object.entries(installed)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, path), link)
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "shop", "type": "commonjs" }')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** The set `getting-started` of `.ci/try-packed.mjs` does the same with packed tarballs, and installs them as the page says. */
test('every step of docs/getting-started.md does what it says', async () => {
  const { execute } = await import(join(root, '.ci/packed/project.mjs'))
  const { runSteps } = await import(join(root, '.ci/getting-started.mjs'))
  const install = async (commands: readonly string[]): Promise<void> => {
    for (const command of commands) {
      const [program, ...words] = command.split(' ')
      if (program === 'npx' || words[0] === 'pkg') await execute(folder, program, words)
    }
  }
  const shown: readonly string[] = await runSteps(page, { folder, install, pay: walkCheckout })
  expect(shown.join('\n').match(/.*(?:warn|error|deprecat).*/gi)).toBeNull()
})

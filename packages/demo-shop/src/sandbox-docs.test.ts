import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '@railswitch/sandbox'

interface Examples {
  readonly sandbox: Sandbox
  readonly server: Server
  readonly run: () => Promise<void>
}

const here = dirname(fileURLToPath(import.meta.url))
const page = ['sandbox.md', 'sandbox-reference.md']
  .map((name) => readFileSync(join(here, '../../../docs', name), 'utf8'))
  .join('\n')
const [start = '', ...scenarios] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
const folder = mkdtempSync(join(here, '.readme-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('the examples of docs/sandbox.md and docs/sandbox-reference.md run in order, and their assertions hold', async () => {
  const file = join(folder, 'examples.ts')
  writeFileSync(file, `${start}\nexport const run = async () => {\n${scenarios.join('\n')}}\n`)
  const { sandbox, server, run }: Examples = await import(file)
  try {
    await run()
  } finally {
    server.close()
    await sandbox.close()
  }
})

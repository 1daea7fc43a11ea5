import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '@railswitch/sandbox'

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../docs/sandbox.md'), 'utf8')
const folder = mkdtempSync(join(here, '.sandbox-docs-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('the examples of docs/sandbox.md run one after the other, and say what is true', async () => {
  const file = join(folder, 'examples.ts')
  writeFileSync(file, [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n'))
  const { sandbox, server }: { sandbox: Sandbox; server: Server } = await import(file)
  server.close()
  await sandbox.close()
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { embeddedStore } from './embedded.ts'
import { migrationsSql } from './index.ts'

const pageOf = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

test('the SQL of docs/performance.md sets autovacuum for the table of payments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-folder-'))
  const store = embeddedStore({ folder })
  try {
    const database = (await store.database()) as PGlite
    for (const [, sql = ''] of pageOf('performance.md').matchAll(/^ *```sql\n([\s\S]*?)^ *```$/gm))
      await database.exec(sql)
    const { rows } = await database.query("select reloptions from pg_class where oid = 'railswitch.payments'::regclass")
    expect(rows).toEqual([
      { reloptions: ['autovacuum_vacuum_scale_factor=0.02', 'autovacuum_analyze_scale_factor=0.02'] },
    ])
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the command of docs/stores.md prints the statements of the schema', () => {
  const [, code = ''] =
    /node -e "import\('@railswitch\/store-postgres'\)\.then\((.*)\)"/.exec(pageOf('stores.md')) ?? []
  const printed: string[] = []
  const run = new Function('console', `return ${code}`)({ log: (text: string) => printed.push(text) })
  run({ migrationsSql })
  expect(printed.join('\n')).toContain('create table "railswitch".payments')
})

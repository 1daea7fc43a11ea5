import { readdirSync, readFileSync } from 'node:fs'

test('the bank imports nothing of the provider and no other package, so that it cannot repeat their mistakes', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => !file.endsWith('.test.ts'))
  const imported = files.flatMap((file) =>
    [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/from '([^']+)'/g)].map(([, name = '']) => name),
  )
  expect(imported.filter((name) => !name.startsWith('./') && !name.startsWith('node:'))).toEqual([])
  expect(imported.length).toBeGreaterThan(10)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPage, root } from './__fixtures__/pages.ts'

const [, members = ''] =
  /export interface Payments<[^>]*> \{([\s\S]*?)\n\}/.exec(
    readFileSync(join(root, 'packages/railswitch/src/payments.ts'), 'utf8'),
  ) ?? []
const methods = [...members.matchAll(/^ {2}(?:readonly )?(\w+)[(<:]/gm)].map(([, name = '']) => name)

test('the interface is read', () => {
  expect(methods).toEqual(expect.arrayContaining(['deposit', 'native', 'callbacks', 'fp']))
})

test.each(methods)('docs/calls.md has a row with payments.%s', (method) => {
  const rows = readPage('docs/calls.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(rows.filter((row) => row.split('|')[1]?.includes(`\`${method}\``))).toHaveLength(1)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('..', import.meta.url))
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['src', 'node_modules', 'dist'].includes(entry.name))
  .map(({ name }) => name)
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8')

interface Manifest {
  readonly private?: boolean
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
const manifestOf = (name: string): Manifest => JSON.parse(read(name, 'package.json'))

test('the index lists every example', () => {
  const listed = [...read('README.md').matchAll(/\]\(([\w-]+)\)/g)].map(([, name]) => name)
  expect(listed.sort()).toEqual([...names].sort())
})

test.each(['express', 'fastify', 'hono'])('%s differs from node:http only in its server', (name) => {
  expect(read(name, 'shop.ts')).toBe(read('node-http', 'shop.ts'))
})

test.each(names)('%s is private, and pins what it is tested with', (name) => {
  const { private: isPrivate, dependencies, devDependencies } = manifestOf(name)
  expect(isPrivate).toBe(true)
  const versions = Object.entries({ ...dependencies, ...devDependencies }).filter(([one]) => !/railswitch/.test(one))
  for (const [, version] of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

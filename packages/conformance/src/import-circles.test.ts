import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../', import.meta.url))
const present = readdirSync(packages).filter((name) => existsSync(join(packages, name, 'src')))

/** Packages whose folders import each other in one direction only. Add a package when its folders are free of circles. */
const layered = present

type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** The sources of a package with the files of the package that they import, for types too. */
const importsOf = (name: string): Graph => {
  const source = join(packages, name, 'src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|__fixtures__/.test(file))
    .map((file) => join(source, file))
  return new Map(files.map((file) => [relative(source, file), new Set(targetsOf(file, source))]))
}

const targetsOf = (file: string, source: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, specifier = '']) =>
    relative(source, resolve(dirname(file), specifier)),
  )

/** The graphs of what stands side by side in each folder: its files, and its folders as one node each. */
const foldersOf = (imports: Graph): readonly Graph[] => {
  const graphs = new Map<string, Map<string, Set<string>>>()
  for (const [file, targets] of imports)
    for (const target of targets) {
      const [from, to] = [file.split(sep), target.split(sep)]
      const depth = from.findIndex((part, index) => part !== to[index])
      if (depth < 0) continue
      const folder = from.slice(0, depth).join(sep)
      const graph = graphs.get(folder) ?? new Map<string, Set<string>>()
      const node = from.slice(0, depth + 1).join(sep)
      graph.set(node, (graph.get(node) ?? new Set()).add(to.slice(0, depth + 1).join(sep)))
      graphs.set(folder, graph)
    }
  return [...graphs.values()]
}

/** One circle of the graph, as `a > b > a`; undefined if there is none. */
const circleIn = (graph: Graph): string | undefined => {
  const done = new Set<string>()
  const visit = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(' > ')
    if (done.has(node)) return undefined
    for (const target of graph.get(node) ?? []) {
      const circle = visit(target, [...path, node])
      if (circle !== undefined) return circle
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const circle = visit(node, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

test.each(present)('no files of %s import each other in a circle', (name) => {
  expect(circleIn(importsOf(name))).toBeUndefined()
})

test.each(layered)('no folders of %s import each other in a circle', (name) => {
  expect(foldersOf(importsOf(name)).flatMap((graph) => circleIn(graph) ?? [])).toEqual([])
})

test('finds a circle of files, and one of folders that no file shows', () => {
  const graph = (...edges: ReadonlyArray<readonly [string, string]>): Graph =>
    new Map(edges.map(([from, to]) => [from, new Set([to])]))
  expect(circleIn(graph(['a.ts', 'b.ts'], ['b.ts', 'c.ts'], ['c.ts', 'b.ts']))).toBe('b.ts > c.ts > b.ts')
  const folders = graph([join('one', 'a.ts'), join('two', 'b.ts')], [join('two', 'c.ts'), join('one', 'd.ts')])
  expect(circleIn(folders)).toBeUndefined()
  expect(foldersOf(folders).map(circleIn)).toEqual(['one > two > one'])
})

// The declarations that an application's compiler reads: those that the entries reach, and no others.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const specifiers = /((?:\bfrom |\bimport\(|\bimport |\bdeclare module )["'])([^"']+)(["'])/g

/** Copies them into `folder/dist`, and returns the modules of other packages that they import. */
export const copyDeclarations = ({ folder: source, entries }, folder) => {
  const imports = new Set()
  const found = new Set()
  const pending = entries.map(({ name }) => `${name}.d.ts`)
  for (const file of pending) {
    if (found.has(file)) continue
    found.add(file)
    const text = readFileSync(join(source, 'dist', file), 'utf8')
    const published = text
      .replace(/\n\/\/# sourceMappingURL=.*/, '')
      .replace(specifiers, (all, before, path, after) => {
        if (!path.startsWith('.')) {
          imports.add(path)
          return all
        }
        pending.push(join(dirname(file), path.replace(/\.[jt]s$/, '.d.ts')))
        return before + path.replace(/\.ts$/, '.js') + after
      })
    const target = join(folder, 'dist', file)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, published)
  }
  return [...imports]
}

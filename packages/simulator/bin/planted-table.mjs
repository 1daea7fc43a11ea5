// The table of planted faults in docs/simulator.md. It also remembers what earlier runs have found.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('../../../docs/simulator.md', import.meta.url))
const [start, end] = ['<!-- planted faults -->', '<!-- end of planted faults -->']
const notRun = 'not run yet'
const survived = 'none'

const cellsOf = (row) => row.split('|').map((cell) => cell.trim())

const partsOf = (text) => {
  const [before, rest = ''] = text.split(start)
  const [table = '', after = ''] = rest.split(end)
  return { before, table, after }
}

/** What the table says, by the name of the fault: `{ rule, seed }`, or null for one that survived. */
export const readTable = () => {
  const rows = partsOf(readFileSync(page, 'utf8'))
    .table.split('\n')
    .filter((line) => line.startsWith('| `'))
  const known = rows.map(cellsOf).filter(([, , , rule]) => rule !== notRun)
  return new Map(
    known.map(([, name, , rule, seed]) => [name.replaceAll('`', ''), rule === survived ? null : { rule, seed }]),
  )
}

/** Writes a row for each fault. `found`: as `readTable` returns it. */
export const writeTable = (faults, found) => {
  const { before, after } = partsOf(readFileSync(page, 'utf8'))
  const rows = faults.map(({ name, what }) => {
    const row = found.get(name)
    return [`\`${name}\``, what, row?.rule ?? (found.has(name) ? survived : notRun), `${row?.seed ?? ''}`]
  })
  const head = ['fault', 'what it does', 'rule that is broken', 'seed']
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  const lineOf = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  const lines = [head, rule, ...rows].map(lineOf)
  writeFileSync(page, `${before}${start}\n\n${lines.join('\n')}\n\n${end}${after}`)
}

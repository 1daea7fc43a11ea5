import width from 'fast-string-width'
import type { ConfigOptions } from '../application/options.ts'
import { readConfiguration } from '../application/read-configuration.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import type { Terminal } from '../terminal.ts'
import { type EffectiveOption, effectiveOptions } from './effective-options.ts'

export const showConfig = async (
  { json, ...options }: ConfigOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const { config } = await readConfiguration(options, terminal)
  const effective = effectiveOptions(config)
  printResult(terminal, {
    json,
    result: { options: effective.map(({ field, value, source }) => ({ field, value, source })) },
    toText: () => optionsText(effective, terminal),
  })
}

const optionsText = (options: readonly EffectiveOption[], terminal: Terminal): string => {
  const paint = painter(terminal)
  const rows = options.map(({ field, shown, source }) => [field, shown, paint('faint', source)] as const)
  const unlimited = { ...terminal, columns: Number.POSITIVE_INFINITY }
  const inColumns = table(rows, unlimited, ['option', 'value', 'from'])
  if (inColumns.split('\n').every((line) => width(line) <= terminal.columns)) return inColumns
  // Names are copied, so they are never broken: where a line has no room for the source, the next one has it.
  const names = Math.max(...rows.map(([field]) => width(field))) + 2
  return rows
    .map(([field, shown, source]) => {
      const line = `${field.padEnd(names)}${shown}  ${source}`
      if (width(line) <= terminal.columns) return `${line}\n`
      const indent = Math.max(2, Math.min(names, terminal.columns - width(source)))
      return `${table([[field.padEnd(names - 2), shown]], terminal)}${' '.repeat(indent)}${source}\n`
    })
    .join('')
}

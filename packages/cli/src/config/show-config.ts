import type { ConfigOptions } from '../application/options.ts'
import { readConfiguration } from '../application/read-configuration.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import type { Terminal } from '../terminal.ts'
import { effectiveOptions } from './effective-options.ts'

export const showConfig = async (
  { json, ...options }: ConfigOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const { config } = await readConfiguration(options, terminal)
  const effective = effectiveOptions(config)
  const paint = painter(terminal)
  printResult(terminal, {
    json,
    result: { options: effective.map(({ field, value, source }) => ({ field, value, source })) },
    toText: () =>
      table(
        effective.map(({ field, shown, source }) => [field, shown, paint('faint', source)]),
        terminal,
        ['option', 'value', 'from'],
      ),
  })
}

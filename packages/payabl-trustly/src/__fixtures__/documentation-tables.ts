import { readFileSync } from 'node:fs'
import { capabilities, unsupported } from '../capabilities.ts'
import { describedCodes } from '../error-codes.ts'

const width = (rows: readonly (readonly string[])[], column: number): number =>
  Math.max(...rows.map((row) => row[column]?.length ?? 0))

/** A table as a formatter leaves it. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [head, ...rows]
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(width(all, column), fill)).join(' | ')} |`
  const rule = line(
    head.map(() => ''),
    '-',
  )
  return [line(head), rule, ...rows.map((row) => line(row))].join('\n')
}

const codeTable = (): string =>
  table(
    ['code', "payabl's text", 'pay-in', 'money out', 'retry', 'what to do'],
    describedCodes()
      .toSorted((one, other) => Number(other.code) - Number(one.code))
      .map(({ code, text, effect, retry, hint, parameter }) => [
        code,
        text + (parameter === undefined ? '' : ` (\`${parameter}\`)`),
        effect.in,
        effect.out,
        retry,
        hint,
      ]),
  )

const unsupportedTable = (): string =>
  table(
    ['Trustly has', 'why payabl does not'],
    [
      ...Object.entries(capabilities({})).flatMap(([name, support]) => (support.yes ? [] : [[name, support.why]])),
      ...Object.entries(unsupported),
    ],
  )

const example = (name: string): string => {
  const source = readFileSync(new URL('documentation-examples.ts', import.meta.url), 'utf8')
  const [, region = ''] = source.split(`// #region ${name}\n`)
  const [body = ''] = region.split(/^ *\/\/ #endregion/m)
  return `\`\`\`ts\n${body.replace(/^ {2}/gm, '').trimEnd()}\n\`\`\``
}

/** What docs/providers/payabl-trustly.md shows between `<!-- generated: NAME -->` and `<!-- end -->`. */
export const generated: { readonly [name: string]: string } = {
  codes: codeTable(),
  unsupported: unsupportedTable(),
  'example payouts': example('payouts'),
  'example native': example('native'),
  'example diagnostics': example('diagnostics'),
  'example options': example('options'),
}

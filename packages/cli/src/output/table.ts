import Table from 'cli-table3'
import width from 'fast-string-width'
import type { Terminal } from '../terminal.ts'
import { painter } from './style.ts'

type Cells = readonly string[]

const gap = 2
/** A column is not made narrower than this. */
const narrowest = 10

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** Aligned columns that fit the terminal: the widest ones are wrapped. Without `head`, a list of names and values. */
export const table = (
  rows: readonly Cells[],
  terminal: Pick<Terminal, 'columns' | 'colours'>,
  head?: Cells,
): string => {
  const paint = painter(terminal)
  const all = head ? [head.map((cell) => paint('faint', cell)), ...rows] : rows
  const widths = fitted(columnWidths(all), terminal.columns)
  const printed = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
    colWidths: widths.map((one) => one + gap),
    wordWrap: true,
    wrapOnWordBoundary: !all.some((row) => row.some((cell, index) => longestWord(cell) > (widths[index] ?? 0))),
  })
  printed.push(...all.map((row) => [...row]))
  return `${printed
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

const columnWidths = (rows: readonly Cells[]): number[] =>
  rows.reduce<number[]>(
    (widths, row) =>
      row.map((cell, index) => Math.max(widths[index] ?? 1, ...cell.split('\n').map((line) => width(line)))),
    [],
  )

/** Takes from the widest column until all fit. */
const fitted = (widths: readonly number[], columns: number): readonly number[] => {
  const narrowed = [...widths]
  const total = () => narrowed.reduce((sum, one) => sum + one + gap, 0)
  while (total() - gap > columns) {
    const widest = narrowed.indexOf(Math.max(...narrowed))
    if ((narrowed[widest] ?? 0) <= narrowest) break
    narrowed[widest] = (narrowed[widest] ?? 0) - 1
  }
  return narrowed
}

const longestWord = (text: string): number => Math.max(0, ...text.split(/\s+/).map((word) => width(word)))

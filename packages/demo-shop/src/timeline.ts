import { paint } from './paint.ts'

/** Who acts, and who receives it. */
export type Leg = 'shop → rail' | 'rail → shop' | 'customer' | 'shop'

export interface Line {
  readonly leg: Leg
  readonly text: string
}

interface Timeline {
  readonly title: string
  readonly lines: readonly Line[]
}

// Two columns and the line between them fit 80 characters.
const width = 38
const legWidth = 9

const legs = { 'shop → rail': '→ rail', 'rail → shop': '← rail', customer: 'customer', shop: 'shop' } as const

/** Two timelines side by side, to show the differences. */
export const sideBySide = (left: Timeline, right: Timeline): string => {
  const rows = [
    rowOf(paint('bold', left.title.padEnd(width)), paint('bold', right.title)),
    rowOf('─'.repeat(width), '─'.repeat(width)),
  ]
  for (let index = 0; index < Math.max(left.lines.length, right.lines.length); index += 1) {
    const [first, second] = [left.lines[index], right.lines[index]]
    const [cells, others] = [cellOf(first), cellOf(second)]
    for (let row = 0; row < Math.max(cells.length, others.length); row += 1)
      rows.push(rowOf(colour(first, (cells[row] ?? '').padEnd(width)), colour(second, others[row] ?? '')))
  }
  return rows.join('\n')
}

/** One timeline, in a column of the same width. */
export const oneTimeline = ({ title, lines }: Timeline): string => {
  const rows = lines.flatMap((line) => cellOf(line).map((row) => colour(line, row)))
  return [paint('bold', title), '─'.repeat(width), ...rows].join('\n')
}

const rowOf = (first: string, second: string): string => `${first} │ ${second}`.trimEnd()

const colour = (line: Line | undefined, text: string): string => {
  if (line?.leg === 'shop → rail') return paint('cyan', text)
  return line?.leg === 'rail → shop' ? paint('green', text) : text
}

/** The rows of a line in its column. */
const cellOf = (line: Line | undefined): readonly string[] => {
  if (!line) return []
  const [first = '', ...others] = wrap(line.text.trim(), width - legWidth)
  return [legs[line.leg].padEnd(legWidth) + first, ...others.map((text) => ' '.repeat(legWidth) + text)]
}

const wrap = (text: string, longest: number): string[] => {
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const last = rows.at(-1)
    if (last === undefined || last.length + 1 + word.length > longest) rows.push(word)
    else rows[rows.length - 1] = `${last} ${word}`
  }
  return rows
}

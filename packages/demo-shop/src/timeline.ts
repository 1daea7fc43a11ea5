/** Who acts, and who receives it. */
export type Leg = 'shop → rail' | 'rail → shop' | 'customer' | 'shop'

export interface Line {
  readonly leg: Leg
  readonly text: string
}

/** Prints two timelines side by side, to show the differences. */
export const printSideBySide = (
  left: { readonly title: string; readonly lines: readonly Line[] },
  right: { readonly title: string; readonly lines: readonly Line[] },
): void => {
  const width = Math.max(left.title.length, ...left.lines.map((line) => cell(line).length))
  const row = (first: string, second: string): void => console.log(`${first.padEnd(width)}  │  ${second}`.trimEnd())
  row(left.title, right.title)
  row('─'.repeat(width), '─'.repeat(width))
  for (let index = 0; index < Math.max(left.lines.length, right.lines.length); index += 1)
    row(cell(left.lines[index]), cell(right.lines[index]))
}

export const printTimeline = (title: string, lines: readonly Line[]): void => {
  console.log([title, '─'.repeat(title.length), ...lines.map(cell)].join('\n'))
}

const cell = (line: Line | undefined): string => (line ? `${line.leg.padEnd(11)}  ${line.text}` : '')

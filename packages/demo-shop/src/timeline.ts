/** Who says it, to whom. */
export type Leg = 'shop → rail' | 'rail → shop' | 'customer' | 'shop'

export interface Line {
  readonly leg: Leg
  readonly text: string
}

/** Prints what happened as a numbered story. */
export const printTimeline = (title: string, lines: readonly Line[]): void => {
  console.log(`\n${title}\n${'─'.repeat(title.length)}`)
  for (const [index, { leg, text }] of lines.entries())
    console.log(`${String(index + 1).padStart(3)}  ${leg.padEnd(11)}  ${text}`)
}

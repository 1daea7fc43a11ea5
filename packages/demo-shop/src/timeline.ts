/** Who says it, to whom. */
export type Leg = 'shop → rail' | 'rail → shop' | 'customer' | 'shop'

export interface Timeline {
  add(leg: Leg, text: string): void
  print(): void
}

/** Collects what happens and prints it as a numbered story. */
export const createTimeline = (title: string): Timeline => {
  const lines: { readonly leg: Leg; readonly text: string }[] = []
  return {
    add: (leg, text) => lines.push({ leg, text }),
    print: () => {
      console.log(`\n${title}\n${'─'.repeat(title.length)}`)
      for (const [index, { leg, text }] of lines.entries())
        console.log(`${String(index + 1).padStart(3)}  ${leg.padEnd(11)}  ${text}`)
    },
  }
}

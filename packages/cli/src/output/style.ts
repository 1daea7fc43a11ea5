import { styleText } from 'node:util'
import type { Terminal } from '../terminal.ts'

type Tone = 'good' | 'bad' | 'warning' | 'faint' | 'strong'

const formats = { good: 'green', bad: 'red', warning: 'yellow', faint: 'dim', strong: 'bold' } as const

/** Colours a text in a terminal; elsewhere the text stays as it is. */
export type Paint = (tone: Tone, text: string) => string

export const painter =
  ({ colours }: Pick<Terminal, 'colours'>): Paint =>
  (tone, text) =>
    colours && text !== '' ? styleText(formats[tone], text, { validateStream: false }) : text

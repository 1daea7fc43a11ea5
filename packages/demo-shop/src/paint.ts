import { styleText } from 'node:util'

const hasColours = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined

/** Colours a text where the output is a terminal. */
export const paint = (style: 'bold' | 'cyan' | 'dim' | 'green' | 'red', text: string): string =>
  hasColours ? styleText(style, text) : text

/** Markup in which all text is escaped. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | readonly Html[]

/** A template for markup. Text is escaped for elements and for quoted attributes; markup is inserted unchanged. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.map((fixed, index) => fixed + render(parts[index] ?? '')).join(''),
})

export const nothing: Html = { markup: '' }

const render = (part: Part): string => {
  if (typeof part === 'string') return escapeText(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

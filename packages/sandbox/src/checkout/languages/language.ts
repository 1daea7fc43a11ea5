import { danish } from './danish.ts'
import { dutch } from './dutch.ts'
import { english, type Texts } from './english.ts'
import { estonian } from './estonian.ts'
import { finnish } from './finnish.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { latvian } from './latvian.ts'
import { lithuanian } from './lithuanian.ts'
import { norwegian } from './norwegian.ts'
import { polish } from './polish.ts'
import { russian } from './russian.ts'
import { slovak } from './slovak.ts'
import { spanish } from './spanish.ts'
import { swedish } from './swedish.ts'

/** A language of the checkout: the tag for HTML and `Intl`, and the texts. */
export interface Language {
  readonly tag: string
  readonly texts: Texts
}

/** The languages of both vendors' pages: ISO 639-1.
 *  @see https://docs.payabl.com/docs/trustly */
const languages: ReadonlyMap<string, Texts> = new Map([
  ['da', danish],
  ['de', german],
  ['en', english],
  ['es', spanish],
  ['et', estonian],
  ['fi', finnish],
  ['fr', french],
  ['lt', lithuanian],
  ['lv', latvian],
  ['nl', dutch],
  ['no', norwegian],
  ['pl', polish],
  ['ru', russian],
  ['sk', slovak],
  ['sv', swedish],
])

/** The language of a locale such as `sv_SE`, `sv-SE` or `sv`; English for an unknown one. */
export const languageOf = (locale: string): Language => {
  const [name = ''] = locale.toLowerCase().split(/[_-]/)
  // Both written forms of Norwegian.
  const code = name === 'nb' || name === 'nn' ? 'no' : name
  const texts = languages.get(code)
  return texts ? { tag: code, texts } : { tag: 'en', texts: english }
}

/** A text with its variable parts. */
export const fill = (text: string, parts: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (found, name) => parts[name] ?? found)

/** A number as the language writes it in a form: without grouping, with the decimals of the amount. */
export const formatNumber = ({ tag }: Language, amount: string): string =>
  new Intl.NumberFormat(tag, { useGrouping: false, ...decimalsOf(amount) }).format(Number(amount))

/** A sum as the language writes it, with the decimals of the amount. */
export const formatSum = ({ tag }: Language, amount: string, currency: string): string =>
  new Intl.NumberFormat(tag, { style: 'currency', currency, ...decimalsOf(amount) }).format(Number(amount))

const decimalsOf = (amount: string) => {
  const decimals = amount.split('.')[1]?.length ?? 0
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
}

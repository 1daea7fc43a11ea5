import { isLeft } from '@railswitch/core/provider'
import type { Encoding } from './encoding.ts'

/** Parameters whose values are neither personal nor secret. A text may repeat them. */
const harmless: ReadonlySet<string> = new Set(
  `merchantid orderid external_id transactionid amount currency payment_method country bankcountry language type
  start_date end_date`.split(/\s+/),
)

/** Parameters with their values in both spellings: as given and as sent. */
export const inBothSpellings = async (
  parameters: Readonly<Record<string, string | undefined>>,
  encoding: Encoding,
): Promise<Readonly<Record<string, string>>> => {
  // The call itself has loaded it already, with the transliteration.
  const { fitText } = await import('./encoding.ts')
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value = '']) => {
      const fitted = fitText(name, value, encoding)
      return [name, isLeft(fitted) || fitted.right === value ? value : `${value} ${fitted.right}`]
    }),
  )
}

/**
 * payabl's error text without personal values of the request, because errors are logged. Masked are the words of personal values, as
 * given and as sent, and everything that looks like an account number or an e-mail address.
 */
export const withoutPersonal = (text: string, sent: Readonly<Record<string, string | undefined>>): string => {
  const known = new Set<string>()
  const hidden = new Set<string>()
  for (const [name, value = ''] of Object.entries(sent))
    for (const word of wordsOf(value)) (harmless.has(name) ? known : hidden).add(plain(word))
  return text
    .slice(0, longest)
    .replace(iban, '***')
    .replace(words, (word) => {
      const isHidden = hidden.has(plain(word)) && !known.has(plain(word))
      return isHidden || (looksPersonal.test(word) && !known.has(plain(word))) ? '***' : word
    })
}

const longest = 200
/** An IBAN in groups, as printed. */
const iban = /\b[A-Z]{2}\d{2}(?:[ -][A-Z0-9]{4}){2,7}(?:[ -]\d{1,3})?\b/g
const words = /[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}@._'+-]*[\p{L}\p{M}\p{N}_])?/gu
const looksPersonal = /@|\d{5}/

/** A single letter is not personal. */
const wordsOf = (value: string): readonly string[] => (value.match(words) ?? []).filter((word) => word.length > 1)

/** `Žižka` is sent as `Zizka`. */
const plain = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

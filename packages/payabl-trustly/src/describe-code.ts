import { type CodeClass, type CodeEntry, codelessTexts, codes } from './error-codes.ts'

/** What an answer means for the call that got it. `accepted` is never "paid". */
export type Verdict = 'accepted' | 'pending' | 'refused' | 'unknown-outcome'

/** An entry with what follows from its class. `effect`: on a pay-in, and on a refund or payout. `again`: what may be
 *  done next with the same business intent. `listed: false`: no list of payabl's has the code. */
export type DescribedCode = CodeEntry & {
  readonly code: string
  readonly effect: { readonly in: Verdict; readonly out: Verdict }
  readonly again: 'next_attempt' | 'after_lookup' | 'never'
  readonly listed: boolean
}

/** What a code means; the text serves where payabl's lists give no code. Codes beyond the lists exist ("the most
 *  common codes, additional messages can be returned"): a pay-in is refused by one, money out may have moved. */
export const describeCode = (code: string, text = ''): DescribedCode => {
  const entry = own(codes, code) ?? own(codelessTexts, text.trim().toLowerCase())
  if (entry) return { ...entry, code, effect: effectOf(entry), again: againAfter[entry.class], listed: true }
  const hint = 'payabl documents no such code: ask support, with the code.'
  const effect = { in: 'refused', out: 'unknown-outcome' } as const
  return { code, text, class: 'unknown', hint, effect, again: 'after_lookup', listed: false }
}

/** Every listed code, described: for a table, or a page of help. */
export const describedCodes = (): readonly DescribedCode[] => Object.keys(codes).map((code) => describeCode(code))

const effectOf = (entry: CodeEntry): DescribedCode['effect'] => {
  switch (entry.class) {
    case 'ok':
      return { in: 'accepted', out: 'accepted' }
    case 'pending':
      return { in: 'pending', out: 'pending' }
    case 'unknown':
      return { in: 'unknown-outcome', out: 'unknown-outcome' }
    default:
      return { in: 'refused', out: entry.unsureForMoneyOut ? 'unknown-outcome' : 'refused' }
  }
}

const againAfter: Readonly<Record<CodeClass, DescribedCode['again']>> = {
  ok: 'never',
  pending: 'never',
  config: 'next_attempt',
  permission: 'next_attempt',
  field: 'next_attempt',
  cancelled: 'next_attempt',
  declined: 'never',
  later: 'next_attempt',
  unknown: 'after_lookup',
}

const own = (table: Readonly<Record<string, CodeEntry>>, key: string): CodeEntry | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

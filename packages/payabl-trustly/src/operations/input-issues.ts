import { type Issue, isLeft } from '@railswitch/core/provider'
import { fieldRules } from '../client/field-rules.ts'
import type { PayablParameters } from '../client/parameter-types.ts'
import type { Encoding } from '../wire/encoding.ts'
import { currencies } from '../wire/markets.ts'

/**
 * Parameters that payabl would refuse with -6000, which names no parameter, found before anything is sent. Limits apply to the sent
 * value: a name can grow when it is transliterated. `ourNames`: the input field that a parameter comes from.
 */
export const parameterIssues = async (
  parameters: PayablParameters,
  encoding: Encoding,
  ourNames: Readonly<Record<string, string>>,
): Promise<readonly Issue[]> => {
  // Loads the transliteration.
  const { fitText } = await import('../wire/encoding.ts')
  return Object.entries(parameters).flatMap(([name, value]): readonly Issue[] => {
    if (value === undefined) return []
    // Only an untyped caller's own parameters can be of another type.
    if (typeof value !== 'string')
      return [
        {
          field: `providerOptions.payabl-trustly.parameters.${name}`,
          rule: 'must be text',
          fix: 'format numbers and dates first',
        },
      ]
    const field = ourNames[name] ?? name
    const fitted = fitText(name, value, encoding)
    if (isLeft(fitted)) return [{ field, rule: fitted.left.rule, fix: fitted.left.fix }]
    const documented = fieldRules[name]
    if (!documented || documented.fits(fitted.right)) return []
    return value === '' && field !== name
      ? [{ field, rule: `is required by payabl (${name})`, fix: 'add it to the input' }]
      : [{ field, rule: `payabl's ${name} must be ${documented.mustBe}`, fix: 'shorten or correct it' }]
  })
}

export const currencyIssues = (currency: string): readonly Issue[] =>
  currencies.has(currency)
    ? []
    : [
        {
          field: 'amount.currency',
          rule: 'is not a currency of payabl',
          fix: `use one of ${[...currencies].join(' ')}`,
        },
      ]

import { type Issue, isLeft } from '@railswitch/core'
import type { PayablParameters } from '../client/parameters.ts'
import type { Encoding } from '../wire/encoding.ts'
import { fieldRules } from '../wire/field-rules.ts'

/**
 * What payabl would refuse without saying why (-6000), found before anything is sent. Limits hold for what is sent: a name
 * may grow when it is transliterated. `ourNames`: whose field a parameter comes from.
 */
export const parameterIssues = async (
  parameters: PayablParameters,
  encoding: Encoding,
  ourNames: Readonly<Record<string, string>>,
): Promise<readonly Issue[]> => {
  // With it comes the transliteration.
  const { fitText } = await import('../wire/encoding.ts')
  return Object.entries(parameters).flatMap(([name, value]): readonly Issue[] => {
    if (value === undefined) return []
    const field = ourNames[name] ?? name
    const fitted = fitText(name, value, encoding)
    if (isLeft(fitted)) return [{ field, rule: fitted.left.rule, fix: fitted.left.fix }]
    const documented = fieldRules[name]
    return !documented || documented.holds(fitted.right)
      ? []
      : [{ field, rule: `payabl's ${name} must be ${documented.rule}`, fix: 'shorten or mend it' }]
  })
}

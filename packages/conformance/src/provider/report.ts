import type { ConformanceResult } from './run-suite.ts'
import { groups } from './suite.ts'

/** Whether every failure of the result is known. */
export const isAcceptable = ({ failed }: ConformanceResult): boolean => failed.every(({ excluded }) => excluded)

/** The result as text, for a terminal. */
export const reportOf = (result: ConformanceResult): string => {
  const { suite, provider, passed, failed, notApplicable } = result
  const whyFailed = new Map(failed.map(({ id, why, excluded }) => [id, `${excluded ? 'known' : 'FAILED'}: ${why}`]))
  const whyNot = new Map(notApplicable.map(({ id, why }) => [id, `not applicable: ${why}`]))
  const lines = groups.flatMap(({ name, behaviours }) => {
    const ran = behaviours.flatMap(({ id, says }) => {
      const outcome = passed.includes(id) ? 'passed' : (whyFailed.get(id) ?? whyNot.get(id))
      return outcome === undefined ? [] : [`  ${id}  ${says}${outcome === 'passed' ? '' : `\n           ${outcome}`}`]
    })
    return ran.length === 0 ? [] : [name, ...ran, '']
  })
  const sum = `${passed.length} passed, ${failed.length} failed, ${notApplicable.length} not applicable`
  return [`${provider}, suite ${suite}`, '', ...lines, sum, ...firstStep(result), ''].join('\n')
}

/** If nearly everything fails, it has one cause. */
const firstStep = ({ passed, failed }: ConformanceResult): readonly string[] =>
  failed.length > 10 && failed.length > passed.length
    ? [
        'Most behaviours failed, probably for one reason. Check first: the signature of a request and of a callback, and that the provider uses no time but `runtime.now()`.',
      ]
    : []

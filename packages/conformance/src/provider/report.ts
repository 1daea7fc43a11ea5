import type { Verdict } from './run-suite.ts'
import { groups } from './suite.ts'

/** Whether every failure of the verdict is known. */
export const isAcceptable = ({ failed }: Verdict): boolean => failed.every(({ excluded }) => excluded)

/** The verdict as text, for a terminal. */
export const reportOf = (verdict: Verdict): string => {
  const { suite, provider, passed, failed, notApplicable } = verdict
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
  return [`${provider}, suite ${suite}`, '', ...lines, sum, ''].join('\n')
}

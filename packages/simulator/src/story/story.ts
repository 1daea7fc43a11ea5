import { describe } from '../actors/perform.ts'
import type { Outcome } from '../simulation/simulate.ts'

/** What happened, without the routine: statements and lines of the log that only say that all is well. */
export const tell = ({ plan, violations, trace }: Outcome): string =>
  [
    `  ${plan.shops} ${plan.shops === 1 ? 'process' : 'processes'}, active rail ${plan.active}, ${plan.actions.length} actions:`,
    ...plan.actions.map(({ id, deed }) => `    ${id} ${describe(deed)}`),
    '  What happened:',
    ...trace.filter((line) => !routine.some((part) => part.test(line))).map((line) => `    ${line}`),
    ...violations.map(({ rule, what }) => `  Broken: ${rule}: ${what}`),
  ].join('\n')

const routine: readonly RegExp[] = [/: info /, /executed a request/, /starts with settings/]

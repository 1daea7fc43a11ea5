import type { ApplicationOptions } from '../application/options.ts'
import { type Configuration, readConfiguration } from '../application/read-configuration.ts'
import { checkedConfig } from '../config/check-config.ts'
import { isPaymentError, NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { reflow } from '../output/reflow.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { callbackFindings, callbackUrlName, offlineFindings } from './offline.ts'
import { onlineFindings } from './online.ts'
import { storeFindings } from './store.ts'

interface Options extends Omit<ApplicationOptions, 'app' | 'activeRail'> {
  readonly online?: true
  readonly json?: true
}

export const runDoctor = async ({ json, online, ...options }: Options, terminal: Terminal): Promise<void> => {
  const findings = await examine(options, { online: online === true, terminal })
  const paint = painter(terminal)
  const tones = { ok: 'good', warning: 'warning', problem: 'bad' } as const
  printResult(terminal, {
    json,
    result: { findings },
    toText: () =>
      findings
        .map(({ check, status, message, fix }) => {
          const fits = 24 + message.length <= terminal.columns
          const head = `${paint(tones[status], status.padEnd(8))} ${check.padEnd(14)} ${fits ? message : ''}`.trimEnd()
          const below = [...(fits ? [] : [message]), ...(fix === null ? [] : [`to fix it: ${fix}`])]
          return `${[head, ...below.map((text) => indented(text, terminal))].join('\n')}\n`
        })
        .join(''),
  })
  if (findings.some(({ status }) => status === 'problem')) throw new NegativeResult()
}

const indent = ' '.repeat(9)

const indented = (text: string, { columns }: Terminal): string =>
  reflow(text, columns - indent.length)
    .split('\n')
    .map((line) => indent + line)
    .join('\n')

const examine = async (
  options: Omit<Options, 'json' | 'online'>,
  { online, terminal }: { readonly online: boolean; readonly terminal: Terminal },
): Promise<readonly Finding[]> => {
  let read: Configuration
  try {
    read = await readConfiguration(options, terminal)
  } catch (error) {
    if (!isPaymentError(error) || error.issues.length === 0) throw error
    return error.issues.map(({ field, rule, fix }) => problem('configuration', `${field} ${rule}`, fix))
  }
  const { config, env } = read
  const checked = checkedConfig(config)
  const callbacks = callbackFindings(config, checked.rails)
  const isReported = callbacks.some(({ status }) => status === 'problem')
  const name = callbackUrlName(config)
  const configuration = [
    ...checked.issues
      .filter(({ field }) => !(isReported && field === name))
      .map(({ field, rule, fix }) => problem('configuration', `${field} ${rule}`, fix)),
    ...checked.warnings
      .filter((text) => !(isReported && text.startsWith(name)))
      .map((text) => warning('configuration', text, 'see node_modules/railswitch/docs/configuration.md')),
    ...(checked.valid
      ? [ok('configuration', `${checked.rails.length} rails; new payments use ${checked.active}`)]
      : []),
  ]
  return withoutRepetition([
    ...configuration,
    ...offlineFindings(config, checked.rails),
    ...callbacks,
    ...(await storeFindings(options, env, checked.rails)),
    ...(online && checked.valid ? await onlineFindings(config, checked.rails) : []),
  ])
}

/** What is wrong for several rails in the same way is one finding. */
const withoutRepetition = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
]

import { type Issue, memoryStore, PaymentError } from '@railswitch/core'
import { type ConfigFile, createPayments, type PaymentsConfig } from 'railswitch'
import type { ConfigOptions } from '../application/options.ts'
import { readConfiguration } from '../application/read-configuration.ts'
import { isPaymentError, NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'

/** Prints every mistake of the configuration. Throws if there is one. */
export const checkConfig = async (
  { json, ...options }: ConfigOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const checked = await readAndCheck(options, terminal)
  const paint = painter(terminal)
  printResult(terminal, {
    json,
    result: checked,
    toText: () => {
      const { valid, active, rails, issues, warnings } = checked
      const warned = warnings.map((warning) => `${paint('warning', 'warning')}  ${warning}\n`).join('')
      if (valid)
        return `${paint('good', 'The configuration is valid.')} New payments use ${active}.\n${rails.map(({ name, provider, environment }) => `  ${name}: ${provider}, ${environment}\n`).join('')}${warned}`
      return `${paint('bad', 'The configuration is not valid.')}\n${issues.map(issueText).join('')}${warned}`
    },
  })
  if (!checked.valid) throw new NegativeResult()
}

/** An issue in two lines. */
const issueText = ({ field, rule, fix }: Issue): string => `  ${field}: ${rule}\n    to fix it: ${fix}\n`

interface CheckedConfig {
  readonly valid: boolean
  readonly active: string
  readonly rails: readonly RailSummary[]
  readonly issues: readonly Issue[]
  readonly warnings: readonly string[]
}

const readAndCheck = async (options: ConfigOptions, terminal: Terminal): Promise<CheckedConfig> => {
  try {
    return checkedConfig((await readConfiguration(options, terminal)).config)
  } catch (error) {
    if (!isPaymentError(error) || error.issues.length === 0) throw error
    return { valid: false, active: '', rails: [], issues: error.issues, warnings: [] }
  }
}

/** Every mistake, apart from those of the store. */
export const checkedConfig = (config: ConfigFile): CheckedConfig => {
  const warnings: string[] = []
  const active = typeof config.active === 'function' ? 'a rail for each payment' : String(config.active)
  const shared = { active, rails: railsOf(config), warnings }
  const warn: NonNullable<Exclude<PaymentsConfig['logger'], false>>['warn'] = (fields, message) =>
    warnings.push([message, Object(fields).hint].filter(Boolean).join(': '))
  try {
    createPayments({
      ...config,
      store: { ...memoryStore(), durable: true },
      logger: { info: () => {}, warn, error: warn },
    })
    return { ...shared, valid: true, issues: [] }
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error
    return { ...shared, valid: false, issues: error.issues }
  }
}

export interface RailSummary {
  readonly name: string
  readonly provider: string
  readonly environment: string
}

/** The configured rails. The environment of another provider's rail may be unknown. */
export const railsOf = ({ providers }: ConfigFile): readonly RailSummary[] =>
  Object.entries(Object(providers) as Record<string, unknown>).map(([name, rail]) => {
    const { use, environment, id } = Object(rail)
    return {
      name,
      provider: String(Object(use).use ?? use ?? id ?? 'unknown'),
      environment: typeof environment === 'string' ? environment : 'unknown environment',
    }
  })

import type { ConfigFile } from 'railswitch'
import { railsOf } from '../config/check-config.ts'
import { UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'

interface Sending {
  readonly config: ConfigFile
  readonly rail: string
  readonly amount: { readonly value: string; readonly currency: string }
  /** The account that the money goes to, or comes from. */
  readonly account: string
  readonly live: true | undefined
}

/** Lets money move on a live rail only with `--live`, and if a person has typed the amount and the account. */
export const confirmLive = async (sending: Sending, { prompts }: Terminal): Promise<void> => {
  const { config, rail, amount, account, live } = sending
  const environment = railsOf(config).find(({ name }) => name === rail)?.environment
  // An environment of another name may be a live one.
  if (environment === 'local' || environment === 'test') return
  if (!live) throw new UsageError(`The rail ${rail} is live: real money moves. Add --live if you mean it.`)
  if (!prompts) throw new UsageError('Real money moves only if a person confirms it in a terminal.')
  const text = `${amount.value} ${amount.currency} ${account}`
  const typed = await prompts.text(`Real money moves. Type to confirm: ${text}`)
  if (typed?.trim() !== text) throw new Error('Not confirmed: nothing was sent.')
}

/** The rail that a new payment uses. */
export const newRail = (config: ConfigFile, rail: string | undefined): string => {
  if (rail !== undefined) return rail
  if (typeof config.active === 'string') return config.active
  throw new UsageError('`active` of the configuration is a function: choose a rail with --rail.')
}

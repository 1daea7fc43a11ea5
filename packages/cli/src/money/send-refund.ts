import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'
import { confirmLive } from './live-confirmation.ts'
import { configOf, isRecorded, printOutcome, withEffectInError } from './money-result.ts'

interface Options extends ApplicationOptions {
  readonly of: string
  readonly reference: string
  readonly amount: string
  readonly attempt?: number
  readonly live?: true
  readonly json?: true
}

export const sendRefund = async (options: Options, terminal: Terminal): Promise<void> => {
  const { of, reference, amount: value, attempt, live, json } = options
  const sent = await withApplication(options, terminal, async (application) => {
    const deposit = await application.payments.getDeposit({ reference: of })
    const amount = { value, currency: deposit.credited.currency }
    await confirmLive({ config: configOf(application), rail: deposit.rail, amount, account: of, live }, terminal)
    const repeated = await isRecorded(application, reference, attempt)
    const input = { payment: deposit.payment, reference, amount, ...(attempt !== undefined && { attempt }) }
    return { repeated, outcome: await withEffectInError(() => application.payments.refund(input)) }
  })
  printOutcome({ reference, json, ...sent }, terminal)
}

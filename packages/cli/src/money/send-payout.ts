import type { PayoutInput } from 'railswitch'
import { type Application, withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import { findPayment } from '../payments/find-payment.ts'
import type { Terminal } from '../terminal.ts'
import { confirmLive, newRail } from './live-confirmation.ts'
import { configOf, isRecorded, printOutcome, withEffectInError } from './money-result.ts'

interface Options extends Omit<ApplicationOptions, 'app' | 'activeRail'> {
  readonly rail?: string
  readonly reference: string
  readonly amount: string
  readonly currency: string
  readonly attempt?: number
  readonly to?: string
  readonly toPayment?: string
  readonly customerId?: string
  readonly live?: true
  readonly json?: true
}

export const sendPayout = async (options: Options, terminal: Terminal): Promise<void> => {
  const { reference, amount: value, currency, attempt, live, json } = options
  const sent = await withApplication(
    { ...options, ...(options.rail !== undefined && { activeRail: options.rail }) },
    terminal,
    async (application) => {
      const amount = { value, currency }
      const { rail, account, destination } = await destinationOf(application, options)
      await confirmLive({ config: configOf(application), rail, amount, account, live }, terminal)
      const repeated = await isRecorded(application, reference, attempt)
      const input = { reference, amount, ...destination, ...(attempt !== undefined && { attempt }) } as PayoutInput
      return { repeated, outcome: await withEffectInError(() => application.payments.payout(input)) }
    },
  )
  printOutcome({ reference, json, ...sent }, terminal)
}

const destinationOf = async (application: Application, { to, toPayment, customerId, rail }: Options) => {
  if ((to === undefined) === (toPayment === undefined))
    throw new UsageError('Pass either --to with a file, or --to-payment with a reference.')
  if (to !== undefined) {
    const { account, customer, ...rest } = Object(await readJson(to, 'the account'))
    const number: unknown = Object(account).accountNumber
    if (typeof number !== 'string' || Object.keys(rest).length > 0)
      throw new UsageError(`${to} must contain { "account": { "country", "accountNumber", … }, "customer": { … } }.`)
    return { rail: newRail(configOf(application), rail), account: number, destination: { to: { account }, customer } }
  }
  if (customerId === undefined) throw new UsageError('--to-payment needs --customer-id: your own id of the customer.')
  if (rail !== undefined) throw new UsageError('The payout uses the rail of the earlier payment: leave --rail out.')
  const source = await findPayment(application.payments, toPayment ?? '')
  return {
    rail: source.rail,
    account: source.reference,
    destination: { to: { payment: source.payment }, customer: { id: customerId } },
  }
}

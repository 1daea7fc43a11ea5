import type { PayoutInput } from 'railswitch'
import { UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import { findPayment } from '../payments/find-payment.ts'
import { type Shop, withShop } from '../shop/open-shop.ts'
import type { ShopOptions } from '../shop/options.ts'
import type { Terminal } from '../terminal.ts'
import { confirmLive, newRail } from './live-confirmation.ts'
import { calling, configOf, isRecorded, printOutcome } from './money-result.ts'

interface Options extends Omit<ShopOptions, 'app' | 'activeRail'> {
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
  const sent = await withShop(
    { ...options, ...(options.rail !== undefined && { activeRail: options.rail }) },
    terminal,
    async (shop) => {
      const amount = { value, currency }
      const { rail, account, destination } = await destinationOf(shop, options)
      await confirmLive({ config: configOf(shop), rail, amount, account, live }, terminal)
      const repeated = await isRecorded(shop, reference, attempt)
      const input = { reference, amount, ...destination, ...(attempt !== undefined && { attempt }) } as PayoutInput
      return { repeated, outcome: await calling(() => shop.payments.payout(input)) }
    },
  )
  printOutcome({ reference, json, ...sent }, terminal)
}

const destinationOf = async (shop: Shop, { to, toPayment, customerId, rail }: Options) => {
  if ((to === undefined) === (toPayment === undefined))
    throw new UsageError('Pass either --to with a file, or --to-payment with a reference.')
  if (to !== undefined) {
    const { account, customer, ...rest } = Object(await readJson(to, 'the account'))
    const number: unknown = Object(account).accountNumber
    if (typeof number !== 'string' || Object.keys(rest).length > 0)
      throw new UsageError(`${to} must contain { "account": { "country", "accountNumber", … }, "customer": { … } }.`)
    return { rail: newRail(configOf(shop), rail), account: number, destination: { to: { account }, customer } }
  }
  if (customerId === undefined) throw new UsageError('--to-payment needs --customer-id: your own id of the customer.')
  if (rail !== undefined) throw new UsageError('The payout uses the rail of the earlier payment: leave --rail out.')
  const source = await findPayment(shop.payments, toPayment ?? '')
  return {
    rail: source.rail,
    account: source.reference,
    destination: { to: { payment: source.payment }, customer: { id: customerId } },
  }
}

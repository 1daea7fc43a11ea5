import { withShop } from '../shop/open-shop.ts'
import type { ShopOptions } from '../shop/options.ts'
import type { Terminal } from '../terminal.ts'
import { confirmLive } from './live-confirmation.ts'
import { calling, configOf, isRecorded, printOutcome } from './money-result.ts'

interface Options extends ShopOptions {
  readonly of: string
  readonly reference: string
  readonly amount: string
  readonly attempt?: number
  readonly live?: true
  readonly json?: true
}

export const sendRefund = async (options: Options, terminal: Terminal): Promise<void> => {
  const { of, reference, amount: value, attempt, live, json } = options
  const sent = await withShop(options, terminal, async (shop) => {
    const deposit = await shop.payments.getDeposit({ reference: of })
    const amount = { value, currency: deposit.credited.currency }
    await confirmLive({ config: configOf(shop), rail: deposit.rail, amount, account: of, live }, terminal)
    const repeated = await isRecorded(shop, reference, attempt)
    const input = { payment: deposit.payment, reference, amount, ...(attempt !== undefined && { attempt }) }
    return { repeated, outcome: await calling(() => shop.payments.refund(input)) }
  })
  printOutcome({ reference, json, ...sent }, terminal)
}

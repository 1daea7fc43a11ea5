import { printResult } from '../output/print.ts'
import { waitingText, withShop } from '../shop/open-shop.ts'
import type { ShopOptions } from '../shop/options.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ShopOptions {
  readonly as?: 'credited' | 'confirmed' | 'failed'
  readonly by: string
  readonly why: string
  readonly json?: true
}

export const resolveReview = async (
  review: string,
  { json, as, by, why, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const waiting = await withShop(options, terminal, async (shop) => {
    await shop.payments.resolveReview({ review, ...(as !== undefined && { as }), by, why })
    return shop.waiting
  })
  printResult(terminal, {
    json,
    result: { resolved: review, as: as ?? null, waiting: waiting.size },
    toText: () => `The review is ${as === undefined ? 'closed' : `resolved as ${as}`}.\n${waitingText({ waiting })}`,
  })
}

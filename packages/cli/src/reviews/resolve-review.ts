import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { printResult } from '../output/print.ts'
import { waitingText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ApplicationOptions {
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
  const waiting = await withApplication(options, terminal, async (application) => {
    await application.payments.resolveReview({ review, ...(as !== undefined && { as }), by, why })
    return application.waiting
  })
  printResult(terminal, {
    json,
    result: { resolved: review, as: as ?? null, waiting: waiting.size },
    toText: () => `The review is ${as === undefined ? 'closed' : `resolved as ${as}`}.\n${waitingText(waiting)}`,
  })
}

import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ApplicationOptions {
  readonly reason?: string
  readonly json?: true
}

export const listReviews = async ({ json, reason, ...options }: Options, terminal: Terminal): Promise<void> => {
  const all = await withApplication(options, terminal, ({ payments }) => payments.listReviews())
  const reviews = reason === undefined ? all : all.filter((review) => review.reason === reason)
  const paint = painter(terminal)
  printResult(terminal, {
    json,
    result: { reviews },
    toText: () =>
      reviews.length === 0
        ? reason === undefined
          ? 'Nothing needs a decision.\n'
          : `No open review has the reason ${reason}.\n`
        : reviews
            .map(({ id, reason: why, rail, reference, at, money, detail, count }) => {
              const about = [
                reference ?? `${count ?? 0} reports`,
                rail,
                money && `${money.value} ${money.currency}`,
                at,
              ]
              const lines = [`${paint('warning', why)}  ${about.filter(Boolean).join('  ')}`]
              if (detail !== undefined) lines.push(`  ${plain(detail)}`)
              return `${lines.join('\n')}\n  ${paint('faint', 'id')} ${plain(id)}\n`
            })
            .join('\n'),
  })
}

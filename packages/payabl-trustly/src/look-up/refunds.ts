import { deriveDeposit, isLeft, type PaymentRecord } from '@railswitch/core/provider'
import { daysAround } from '../wire/dates.ts'
import { countsOf, type ListQuery, listBetween, toListed } from './listed-transactions.ts'
import { factsIn, type LookUpContext, type QueryResults } from './query.ts'

/** Looks up unknown refunds: the refunds of their amounts in payabl's list, around the days of their calls. */
export const lookUpRefunds = async (context: LookUpContext, record: PaymentRecord): QueryResults => {
  const refunds = deriveDeposit(record, factsIn(record))?.refunds ?? []
  const queries = new Map(
    refunds
      .filter(({ state }) => state === 'unknown')
      .map(({ of, amount }): [string, ListQuery] => [
        `${of} ${amount.value} ${amount.currency}`,
        { type: 'refund', deposit: of, amount },
      ]),
  )
  if (queries.size === 0) return { found: [] }
  const asked = record.intents.flatMap(({ intent, begunAt }) => (intent.kind === 'refund' ? [begunAt] : [])).sort()
  const listed = await listBetween(context, 'refund', daysAround(asked[0] ?? '', asked.at(-1)))
  if (isLeft(listed)) return { found: [], failed: listed.left }
  const found = [...queries.values()].flatMap((query) =>
    toListed(query, countsOf(listed.right, query, record), null, context.now()),
  )
  return { found }
}

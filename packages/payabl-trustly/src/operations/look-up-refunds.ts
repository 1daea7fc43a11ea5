import { deriveDeposit, isLeft, type PaymentRecord } from '@railswitch/core'
import { daysAround } from './days-around.ts'
import { countsOf, listBetween, type Sought, toListed } from './listed-transactions.ts'
import { factsIn, type LookUpContext, type PartlyFound } from './look-up-query.ts'

/** Refunds of which nobody knows whether they were sent: what payabl lists of their amounts, around the days of the calls. */
export const lookUpRefunds = async (context: LookUpContext, record: PaymentRecord): PartlyFound => {
  const refunds = deriveDeposit(record, factsIn(record))?.refunds ?? []
  const sought = new Map(
    refunds
      .filter(({ state }) => state === 'unknown')
      .map(({ of, amount }): [string, Sought] => [
        `${of} ${amount.value} ${amount.currency}`,
        { type: 'refund', deposit: of, amount },
      ]),
  )
  if (sought.size === 0) return { found: [] }
  const asked = record.intents.flatMap(({ intent, begunAt }) => (intent.kind === 'refund' ? [begunAt] : [])).sort()
  const listed = await listBetween(context, 'refund', daysAround(asked[0] ?? '', asked.at(-1)))
  if (isLeft(listed)) return { found: [], failed: listed.left }
  const found = [...sought.values()].flatMap((one) =>
    toListed(one, countsOf(listed.right, one, record), null, context.now()),
  )
  return { found }
}

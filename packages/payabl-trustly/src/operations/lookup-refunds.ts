import {
  type Either,
  fold,
  isLeft,
  left,
  merchantReference,
  PaymentError,
  type PaymentRef,
  paymentRef,
  readVendorMoney,
  right,
  sameMoney,
  type Thread,
} from '@railswitch/core'
import type { ListedTransaction } from '../wire/diagnose.ts'
import { daysAround } from './days-around.ts'
import { type Asking, type Found, lookedUp } from './looked-up.ts'

/**
 * A listing does not say which of two equal refunds it means: only when it holds as many of one amount as we asked for are
 * they all known to have happened.
 */
export const lookUpRefunds = async (asking: Asking, thread: Thread): Found => {
  const refunds = fold(thread)?.refunds ?? []
  const unknown = refunds.filter(({ state }) => state === 'unknown')
  if (unknown.length === 0) return right([])
  const everything = await listRefunds(asking, thread)
  if (isLeft(everything)) return everything
  return right(
    unknown.flatMap(({ ref, of, amount }) => {
      const asked = refunds.filter((refund) => refund.of === of && sameMoney(refund.amount, amount)).length
      const shown = everything.right.filter((transaction) => {
        const money = readVendorMoney(transaction.amount, transaction.currency)
        return money !== null && sameMoney(money, amount) && drawsOn(transaction, of, thread)
      })
      const [first] = shown
      if (!first || shown.length < asked) return []
      const fact = { type: 'refund.confirmed', amount, refund: ref, candidates: [ref] } as const
      const observation = lookedUp({ vendorId: first.transaction_id, subject: of, fact }, 'refund listed', asking.now())
      return [{ ...observation, id: `lookup|refund|${ref}` }]
    }),
  )
}

/** All that payabl made around the days on which refunds of this payment were asked for. */
const listRefunds = async (
  { client, signal }: Asking,
  { intents }: Thread,
): Promise<Either<PaymentError, readonly ListedTransaction[]>> => {
  const asked = intents.flatMap(({ intent, begunAt }) => (intent.kind === 'refund' ? [begunAt] : [])).sort()
  const listed: ListedTransaction[] = []
  try {
    for await (const transaction of client.list('refund', daysAround(asked[0] ?? '', asked.at(-1)), signal))
      listed.push(transaction)
    return right(listed)
  } catch (error) {
    if (error instanceof PaymentError) return left(error)
    throw error
  }
}

/** Of this attempt at the deposit alone: where two were paid, the other one's refund may be equal. */
const drawsOn = (
  { transaction_id, order_id }: ListedTransaction,
  attempt: PaymentRef,
  { intents, observations }: Thread,
): boolean =>
  intents.some(
    ({ intent, vendorIds }) =>
      (intent.of ?? paymentRef(intent)) === attempt &&
      (vendorIds.includes(transaction_id) || order_id === merchantReference(intent)),
  ) ||
  observations.some(
    ({ subject, vendorId, trust }) => subject === attempt && trust !== 'claimed' && vendorId === transaction_id,
  )

import {
  type Attempt,
  fold,
  isLeft,
  type LookedUp,
  left,
  merchantReference,
  type Observation,
  type PaymentError,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  right,
  sameMoney,
  type TaskEither,
  type Thread,
} from '@railswitch/core'
import type { PayablClient } from '../native.ts'
import { toDiagnoseDate } from '../wire/dates.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { newestDepositStep } from './deposit-step.ts'

const dayMs = 86_400_000

/**
 * Asks payabl what became of deposits that have not ended and of refunds that are unknown. tx_diagnose cannot tell credited
 * from not yet credited: where a transaction lives, payabl is asked to send its notification again, and that is believed.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const lookUp =
  (client: PayablClient, now: () => Date) =>
  (thread: Thread, signal: AbortSignal): TaskEither<PaymentError, LookedUp> =>
  async () => {
    const attempts = fold(thread)?.attempts ?? []
    const found: Observation[] = []
    for (const recorded of thread.intents) {
      const attempt = attempts.find(({ ref }) => ref === paymentRef(recorded.intent))
      if (!attempt || !isOpen(attempt)) continue
      const dead = await lookUpDeposit(client, recorded, thread, now, signal)
      if (isLeft(dead)) return dead
      found.push(...dead.right)
    }
    const refunds = await lookUpRefunds(client, thread, now, signal)
    if (isLeft(refunds)) return refunds
    // Nothing says how soon a transaction shows in a listing.
    return right({ found: [...found, ...refunds.right], absenceProves: false })
  }

const isOpen = ({ state }: Attempt): boolean => state === 'pending' || state === 'not_credited_yet'

type Found = ReturnType<TaskEither<PaymentError, readonly Observation[]>>

const lookUpDeposit = async (
  client: PayablClient,
  { intent, begunAt, vendorIds }: RecordedIntent,
  { observations }: Thread,
  now: () => Date,
  signal: AbortSignal,
): Found => {
  const ref = paymentRef(intent)
  const learnt = observations.flatMap(({ subject, vendorId }) => (subject === ref ? [vendorId] : []))
  const known = [...new Set([...vendorIds, ...learnt])]
  const queries =
    known.length > 0
      ? known.map((transactionid) => ({ type: 'tx', transactionid }))
      : [{ type: 'orderid', orderid: merchantReference(intent), ...datesFrom(begunAt, new Date(begunAt)) }]
  const found: Observation[] = []
  for (const query of queries) {
    const diagnosed = await client.diagnose(query, signal)()
    if (isLeft(diagnosed)) return diagnosed
    for (const transaction of diagnosed.right.transactions) {
      const failure = failureOf(transaction)
      if (failure !== null) {
        found.push(
          observed(transaction.transaction_id, `capture ${failure}`, ref, now(), {
            type: 'deposit.not_credited',
            reason: 'failed',
          }),
        )
        continue
      }
      const asked = await client.sendNotification({ transactionid: transaction.transaction_id }, signal)()
      if (isLeft(asked)) return asked
    }
  }
  return right(found)
}

/** The code that ended the deposit, if one did. */
const failureOf = (transaction: DiagnosedTransaction): string | null => {
  const code = newestDepositStep(transaction)?.error_code
  return code === undefined || code === '0' || code === '2000' ? null : code
}

/**
 * A listing does not say which of two equal refunds it means: only when it holds as many of one amount as we asked for are
 * they all known to have happened.
 */
const lookUpRefunds = async (client: PayablClient, thread: Thread, now: () => Date, signal: AbortSignal): Found => {
  const refunds = fold(thread)?.refunds ?? []
  const unknown = refunds.filter(({ state }) => state === 'unknown')
  const oldest = thread.intents.find(({ intent }) => unknown.some(({ ref }) => ref === paymentRef(intent)))
  if (!oldest) return right([])
  const diagnosed = await client.diagnose({ type: 'refund', ...datesFrom(oldest.begunAt, now()) }, signal)()
  if (isLeft(diagnosed)) return left(diagnosed.left)
  const listed = diagnosed.right.transactions.filter((transaction) => belongsTo(transaction, thread))
  return right(
    unknown.flatMap(({ ref, of, amount }) => {
      const asked = refunds.filter((refund) => refund.of === of && sameMoney(refund.amount, amount)).length
      const shown = listed.filter((transaction) => {
        const money = 'amount' in transaction ? readVendorMoney(transaction.amount, transaction.currency) : null
        return money !== null && sameMoney(money, amount)
      })
      const [first] = shown
      if (!first || shown.length < asked) return []
      const fact = { type: 'refund.confirmed', amount, refund: ref, candidates: [ref] } as const
      return [{ ...observed(first.transaction_id, 'refund listed', of, now(), fact), id: `lookup|refund|${ref}` }]
    }),
  )
}

const belongsTo = (transaction: DiagnosedTransaction, { intents, observations }: Thread): boolean =>
  intents.some(
    ({ intent, vendorIds }) =>
      vendorIds.includes(transaction.transaction_id) ||
      ('order_id' in transaction && transaction.order_id === merchantReference(intent)),
  ) || observations.some(({ vendorId, trust }) => trust !== 'claimed' && vendorId === transaction.transaction_id)

const observed = (
  vendorId: string,
  method: string,
  subject: Observation['subject'],
  now: Date,
  fact: Observation['fact'],
): Observation => ({
  id: `lookup|${vendorId}|${method}`,
  at: now.toISOString(),
  source: 'lookup',
  vendorId,
  trust: 'bound',
  subject,
  fact,
  word: { method },
})

/** A day more at each end: payabl does not state the zone of its dates. */
const datesFrom = (since: string, until: Date): { start_date?: string; end_date?: string } => {
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  const start = toDiagnoseDate(day(new Date(new Date(since).getTime() - dayMs)))
  const end = toDiagnoseDate(day(new Date(until.getTime() + dayMs)))
  return { ...(start !== undefined && { start_date: start }), ...(end !== undefined && { end_date: end }) }
}

import {
  foldPayout,
  isLeft,
  merchantReference,
  type Observation,
  type PayoutAttempt,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  right,
  sameMoney,
  type Thread,
} from '@railswitch/core'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { type Asking, type Found, lookedUp } from './looked-up.ts'
import { paymentQueries } from './payment-queries.ts'
import { payoutFailureMs } from './payout-failure.ts'

/**
 * Payouts without an end, by our order id. An error ends one; a success is no proof while the bank may still return the
 * money, and after that time it is: nobody else ever says so.
 */
export const lookUpPayouts = async (asking: Asking, thread: Thread): Found => {
  const open = new Set(foldPayout(thread)?.attempts.flatMap((attempt) => (isOpen(attempt) ? [attempt.ref] : [])))
  const found: Observation[] = []
  for (const recorded of thread.intents.filter(({ intent }) => open.has(paymentRef(intent)))) {
    const shown = await lookUpOne(asking, recorded)
    if (isLeft(shown)) return shown
    found.push(...shown.right)
  }
  return right(found)
}

const isOpen = ({ state }: PayoutAttempt): boolean => state === 'unknown' || state === 'accepted'

const lookUpOne = async ({ client, now, signal }: Asking, recorded: RecordedIntent): Found => {
  const { intent, vendorIds } = recorded
  const found: Observation[] = []
  for (const query of paymentQueries(recorded, vendorIds)) {
    const diagnosed = await client.diagnose(query, signal)()
    if (isLeft(diagnosed)) return diagnosed
    for (const transaction of diagnosed.right.transactions) {
      const code = newestCode(transaction, recorded)
      const fact = code === null ? null : factOf(code, recorded, now())
      const about = { vendorId: transaction.transaction_id, subject: paymentRef(intent) }
      if (fact) found.push(lookedUp({ ...about, fact }, `cft ${code}${methodEnd[fact.type] ?? ''}`, now()))
    }
  }
  return right(found)
}

/** Two look-ups may show the same code and mean more by it the second time. */
const methodEnd: Partial<Record<Observation['fact']['type'], string>> = {
  'payout.confirmed': ' after the time to fail',
}

/**
 * Of the newest step that is this payout: with our money and our order id. A payment's steps may be all its transactions, so
 * that without an order id only a single one can be ours.
 */
const newestCode = (transaction: DiagnosedTransaction, { intent }: RecordedIntent): string | null => {
  const steps = transaction.form === 'steps' ? transaction.steps : []
  const alike = steps.filter(({ type = 'cft', amount, currency }) => {
    const money = readVendorMoney(amount, currency)
    return !others.has(type) && (money === null || sameMoney(money, intent.expect))
  })
  const named = alike.filter(({ order_id }) => order_id === merchantReference(intent))
  const nameless = alike.filter(({ order_id }) => order_id === undefined)
  return (named.at(-1) ?? (nameless.length === 1 ? nameless[0] : undefined))?.error_code ?? null
}

/** What Trustly's payouts are called in a diagnosis is not published; these they are not. */
const others: ReadonlySet<string> = new Set(['preauthorization', 'capture', 'refund', 'chb', 'retrieval_request'])

const factOf = (code: string, { intent, begunAt }: RecordedIntent, now: Date): Observation['fact'] => {
  const amount = intent.expect
  if (code !== '0' && code !== '2000') return { type: 'payout.failed', amount }
  const isOver = now.getTime() >= new Date(begunAt).getTime() + payoutFailureMs
  return code === '0' && isOver ? { type: 'payout.confirmed', amount } : { type: 'payout.accepted' }
}

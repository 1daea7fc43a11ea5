import {
  type Attempt,
  fold,
  isLeft,
  type Observation,
  paymentRef,
  type RecordedIntent,
  right,
  type Thread,
} from '@railswitch/core'
import { endingOf } from '../callbacks/ending-of.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { newestDepositStep } from './deposit-step.ts'
import { type Asking, type Found, lookedUp } from './looked-up.ts'
import { paymentQueries } from './payment-queries.ts'

/** tx_diagnose cannot tell credited from not yet credited: where a transaction lives, payabl is asked to send its
 *  notification again, and that is believed. */
export const lookUpDeposits = async (asking: Asking, thread: Thread): Found => {
  const attempts = fold(thread)?.attempts ?? []
  const found: Observation[] = []
  for (const recorded of thread.intents) {
    const attempt = attempts.find(({ ref }) => ref === paymentRef(recorded.intent))
    if (!attempt || !isOpen(attempt)) continue
    const dead = await lookUpOne(asking, recorded, thread)
    if (isLeft(dead)) return dead
    found.push(...dead.right)
  }
  return right(found)
}

const isOpen = ({ state }: Attempt): boolean => state === 'pending' || state === 'not_credited_yet'

const lookUpOne = async (
  { client, now, signal }: Asking,
  recorded: RecordedIntent,
  { observations }: Thread,
): Found => {
  const ref = paymentRef(recorded.intent)
  const learnt = observations.flatMap(({ subject, vendorId, source }) =>
    subject === ref && source !== 'elapsed' ? [vendorId] : [],
  )
  const known = [...new Set([...recorded.vendorIds, ...learnt])]
  const found: Observation[] = []
  for (const query of paymentQueries(recorded, known)) {
    const diagnosed = await client.diagnose(query, signal)()
    if (isLeft(diagnosed)) return diagnosed
    for (const transaction of diagnosed.right.transactions) {
      const { transaction_id: vendorId } = transaction
      const failure = failureOf(transaction)
      if (failure !== null) {
        const fact = { type: 'deposit.not_credited', reason: endingOf(failure) } as const
        found.push(lookedUp({ vendorId, subject: ref, fact }, `capture ${failure}`, now()))
        continue
      }
      const asked = await client.sendNotification({ transactionid: vendorId }, signal)()
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

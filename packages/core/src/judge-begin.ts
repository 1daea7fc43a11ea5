import { type DepositState, fold } from './fold.ts'
import { foldAccount } from './fold-account.ts'
import { foldPayout, type PayoutState } from './fold-payout.ts'
import { foldRefunds } from './fold-refunds.ts'
import type { Intent, RecordedIntent } from './intent.ts'
import { sameKey } from './kept-payment.ts'
import { toMinorUnits } from './money.ts'
import type { Thread } from './observation.ts'
import { PaymentError, type PaymentErrorData } from './payment-error.ts'
import { type PaymentRef, paymentRef } from './payment-ref.ts'
import type { Begun } from './store.ts'

/** The rules of `Store.begin`, for every store: what may be begun, given what is recorded under the payment's lock. */
export const judgeBegin = (
  intent: Intent,
  fingerprint: string,
  /** What the key (reference, attempt) stands for already, or, in another payment, the reference alone. */
  existing: RecordedIntent | null,
  /** The payment: of the deposit's reference, or of the refund's deposit. */
  thread: Thread,
): Exclude<Begun, { state: 'new' }> | { readonly state: 'new' } => {
  if (existing && !sameKey(existing.intent, intent)) return { state: 'refused', error: taken(intent, existing) }
  if (existing) return judgeAgain(intent, fingerprint, existing, thread)
  const refusal = refuse(intent, thread)
  return refusal ? { state: 'refused', error: refusal } : { state: 'new' }
}

const judgeAgain = (intent: Intent, fingerprint: string, recorded: RecordedIntent, thread: Thread) => {
  const { conclusion } = recorded
  if (recorded.fingerprint !== fingerprint) return { state: 'refused', error: conflict(intent, recorded) } as const
  if (conclusion?.state === 'refused') return { state: 'refused', error: conclusion.error } as const
  if (conclusion === null || conclusion.state === 'unknown') return { state: 'resume', recorded, thread } as const
  return { state: 'done', recorded, result: conclusion.result } as const
}

const conflict = ({ reference, attempt }: Intent, recorded: RecordedIntent): PaymentErrorData =>
  new PaymentError({
    code: 'conflict',
    effect: 'not_sent',
    again: 'next_attempt',
    message: `Reference ${reference}, attempt ${attempt}, stands for another ${recorded.intent.kind} request already.`,
    hint: 'Send exactly the first request to repeat it; use a new reference for something else, or `attempt: 2` to start anew.',
  }).toJSON()

/** A payment is found by the references of its deposit and its refunds. */
const taken = ({ reference }: Intent, recorded: RecordedIntent): PaymentErrorData =>
  refusal(
    'conflict',
    `Reference ${reference} stands for a ${recorded.intent.kind} of another payment already.`,
    'Use a new reference: each names one payment, whatever the attempt.',
  )

const refuse = (intent: Intent, thread: Thread): PaymentErrorData | null => {
  if (intent.kind === 'refund') return refuseRefund(intent, thread)
  const first = thread.intents[0]?.intent.kind
  if (first !== undefined && first !== intent.kind)
    return refusal(
      'conflict',
      `Reference ${intent.reference} stands for a ${first} already.`,
      'Every attempt of one reference is of one kind: use a new reference.',
    )
  if (intent.kind === 'account') return refuseAccount(intent, thread)
  return intent.kind === 'deposit' ? refuseDeposit(intent, thread) : refusePayout(intent, thread)
}

const refuseAccount = (intent: Intent, thread: Thread): PaymentErrorData | null =>
  foldAccount(thread)?.state === 'received'
    ? refusal(
        'conflict',
        `Account ${intent.reference} was received already.`,
        'Use a new reference for another account.',
      )
    : null

const refusePayout = (intent: Intent, thread: Thread): PaymentErrorData | null => {
  const payout = foldPayout(thread)
  if (!payout || payout.attempts.every(({ state }) => over.has(state))) return null
  return refusal(
    'conflict',
    `An earlier attempt of ${intent.kind} ${intent.reference} is ${payout.state}: a second one could pay twice.`,
    'Repeat the earlier attempt, or wait until it is known to have failed.',
  )
}

const over: ReadonlySet<PayoutState> = new Set(['failed', 'returned', 'pending'])

const refuseDeposit = (intent: Intent, thread: Thread): PaymentErrorData | null => {
  const payment = fold(thread)
  if (!payment) return null
  if (payment.credited.currency !== intent.expect.currency)
    return refusal('conflict', 'Every attempt of one reference keeps its currency.', 'Use a new reference.')
  if (payment.state === 'credited' || payment.state === 'not_credited_yet')
    return refusal(
      'conflict',
      `Reference ${intent.reference} is ${payment.state} already: a further attempt would let the customer pay twice.`,
      'Wait until it is known to have failed, or use a new reference for another payment.',
    )
  const charged = payment.attempts.find(
    ({ ref, state }) => mayMove.has(state) && thread.intents.some((recorded) => isOpenCharge(recorded, ref)),
  )
  return charged
    ? refusal(
        'conflict',
        `An earlier charge of ${intent.reference} is not known to have failed: a further attempt could take the money twice.`,
        'Repeat the earlier attempt, or wait until it is known to have failed.',
      )
    : null
}

const mayMove: ReadonlySet<DepositState> = new Set(['pending', 'not_credited_yet', 'credited'])

/** No customer stands between a charge and its money, as at a checkout. */
const isOpenCharge = ({ intent, conclusion }: RecordedIntent, ref: PaymentRef): boolean =>
  intent.account !== undefined && conclusion?.state !== 'refused' && paymentRef(intent) === ref

const refuseRefund = (intent: Intent, thread: Thread): PaymentErrorData | null => {
  const attempt = fold(thread)?.attempts.find(({ ref }) => ref === intent.of)
  if (!attempt)
    return refusal(
      'not_found',
      'The deposit to refund is not known here.',
      'Pass the `payment` that deposit() or get() gave.',
    )
  const { refunds } = foldRefunds(thread.intents, thread.observations)
  const alive = refunds.some(({ ref, reference, state }) => {
    return reference === intent.reference && ref !== paymentRef(intent) && state !== 'failed' && state !== 'returned'
  })
  if (alive)
    return refusal(
      'conflict',
      `An earlier attempt of refund ${intent.reference} is unknown or alive: a second one could pay twice.`,
      'Repeat the earlier attempt, or wait until it is known to have failed.',
    )
  if (
    attempt.refundable.currency !== intent.expect.currency ||
    toMinorUnits(intent.expect) > toMinorUnits(attempt.refundable)
  )
    return refusal(
      'exceeds_refundable',
      `At most ${attempt.refundable.value} ${attempt.refundable.currency} of this deposit can be refunded now.`,
      'Ask for `refundable` of get() at most; refunds that are unknown or under way count until they are known to have failed.',
    )
  return null
}

const refusal = (code: 'conflict' | 'not_found' | 'exceeds_refundable', message: string, hint: string) =>
  new PaymentError({ code, effect: 'not_sent', again: 'never', message, hint }).toJSON()

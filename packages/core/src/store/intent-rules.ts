import type { DerivedRecord } from '../derivation/derive-record.ts'
import { PaymentError, type PaymentErrorData } from '../errors/payment-error.ts'
import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import type { Deposit } from '../state/deposit-state.ts'
import { isDeposit } from '../state/payment-state.ts'
import type { Payout, PayoutState } from '../state/payout-state.ts'
import type { DepositState } from '../state/transaction-state.ts'
import { toMinorUnits } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import type { BeginResult, IntentRequest } from './store.ts'
import { sameKey } from './stored-payment.ts'

/**
 * Decides whether an intent may begin, from what is recorded under the payment's lock. `existing`: the intent recorded under its key
 * (reference, attempt), or, in another payment, under its reference. `record`: the payment of the deposit's reference, or of the
 * refund's deposit.
 */
export const checkIntent = (
  { intent, fingerprints }: IntentRequest,
  existing: RecordedIntent | null,
  record: PaymentRecord,
  derived: DerivedRecord,
): Exclude<BeginResult, { state: 'new' }> | { readonly state: 'new' } => {
  if (existing && !sameKey(existing.intent, intent))
    return { state: 'refused', error: referenceTaken(intent, existing) }
  if (existing) return checkAgain(intent, fingerprints, existing, record)
  const refusal = refuse(intent, record, derived)
  return refusal ? { state: 'refused', error: refusal } : { state: 'new' }
}

const checkAgain = (
  intent: Intent,
  fingerprints: readonly string[],
  recorded: RecordedIntent,
  record: PaymentRecord,
) => {
  const { conclusion } = recorded
  if (!fingerprints.includes(recorded.fingerprint))
    return { state: 'refused', error: conflict(intent, recorded) } as const
  if (conclusion?.state === 'refused') return { state: 'refused', error: conclusion.error } as const
  if (conclusion === null || conclusion.state === 'unknown') return { state: 'resume', recorded, record } as const
  return { state: 'done', recorded, result: conclusion.result } as const
}

const conflict = ({ reference, attempt }: Intent, recorded: RecordedIntent): PaymentErrorData =>
  new PaymentError({
    code: 'conflict',
    effect: 'not_sent',
    retry: 'next_attempt',
    message: `Reference ${reference}, attempt ${attempt}, is already used by another ${recorded.intent.kind} request.`,
    hint: 'Send exactly the first request to repeat it; use a new reference for something else, or `attempt: 2` to start anew.',
  }).toJSON()

/** A reference identifies one payment: it is found by those of its deposit and of its refunds. */
const referenceTaken = ({ reference }: Intent, recorded: RecordedIntent): PaymentErrorData =>
  refusal(
    'conflict',
    `Reference ${reference} is already used by a ${recorded.intent.kind} of another payment.`,
    'Use a new reference: each names one payment, whatever the attempt.',
  )

const refuse = (intent: Intent, { intents }: PaymentRecord, { state, missingRails }: DerivedRecord) => {
  const [missing] = missingRails
  if (missing !== undefined)
    return refusal(
      'rail_missing',
      `Rail ${missing}, on which ${intents[0]?.intent.reference ?? intent.reference} began, is not configured.`,
      `Restore \`providers.${missing}\`: without it the state of this payment cannot be derived.`,
    )
  if (intent.kind === 'refund') return refuseRefund(intent, state && isDeposit(state) ? state : null)
  const first = intents[0]?.intent.kind
  if (first !== undefined && first !== intent.kind)
    return refusal(
      'conflict',
      `Reference ${intent.reference} is already used by a ${first}.`,
      'Use a new reference: all attempts of a reference have the same kind.',
    )
  if (!state) return null
  if (isDeposit(state)) return refuseDeposit(intent, state, intents)
  return state.kind === 'account' ? refuseAccount(intent, state.state) : refusePayout(intent, state)
}

const refuseAccount = (intent: Intent, state: string): PaymentErrorData | null =>
  state === 'received'
    ? refusal(
        'conflict',
        `Account ${intent.reference} has already been received.`,
        'Use a new reference for another account.',
      )
    : null

const refusePayout = (intent: Intent, payout: Payout): PaymentErrorData | null =>
  payout.attempts.every(({ state }) => finished.has(state))
    ? null
    : refusal(
        'conflict',
        `An earlier attempt of ${intent.kind} ${intent.reference} is ${payout.state}: a second one could pay twice.`,
        'Repeat the earlier attempt, or wait until it is known to have failed.',
      )

const finished: ReadonlySet<PayoutState> = new Set(['failed', 'returned', 'pending'])

const refuseDeposit = (
  intent: Intent,
  deposit: Deposit,
  intents: readonly RecordedIntent[],
): PaymentErrorData | null => {
  if (deposit.credited.currency !== intent.expect.currency)
    return refusal('conflict', 'All attempts of a reference have the same currency.', 'Use a new reference.')
  if (deposit.state === 'credited' || deposit.state === 'not_credited_yet')
    return refusal(
      'conflict',
      `Reference ${intent.reference} is already ${deposit.state}: with a further attempt the customer could pay twice.`,
      'Wait until it is known to have failed, or use a new reference for another payment.',
    )
  const charged = deposit.attempts.find(
    ({ ref, state }) => mayMove.has(state) && intents.some((recorded) => isOpenCharge(recorded, ref)),
  )
  return charged
    ? refusal(
        'conflict',
        `An earlier charge of ${intent.reference} may still succeed: a further attempt could take the money twice.`,
        'Repeat the earlier attempt, or wait until it is known to have failed.',
      )
    : null
}

const mayMove: ReadonlySet<DepositState> = new Set(['pending', 'not_credited_yet', 'credited'])

/** A charge takes the money without the customer, so an open one may still be paid. */
const isOpenCharge = ({ intent, conclusion }: RecordedIntent, ref: PaymentRef): boolean =>
  intent.account !== undefined && conclusion?.state !== 'refused' && paymentRef(intent) === ref

const refuseRefund = (intent: Intent, deposit: Deposit | null): PaymentErrorData | null => {
  const attempt = deposit?.attempts.find(({ ref }) => ref === intent.of)
  if (!deposit || !attempt)
    return refusal(
      'not_found',
      'The deposit to refund is not stored.',
      'Pass the `payment` that deposit() or get() gave.',
    )
  const open = deposit.refunds.some(({ ref, reference, state }) => {
    return reference === intent.reference && ref !== paymentRef(intent) && state !== 'failed' && state !== 'returned'
  })
  if (open)
    return refusal(
      'conflict',
      `An earlier attempt of refund ${intent.reference} may still succeed: a second one could pay twice.`,
      'Repeat the earlier attempt, or wait until it is known to have failed.',
    )
  if (
    attempt.refundable.currency !== intent.expect.currency ||
    toMinorUnits(intent.expect) > toMinorUnits(attempt.refundable)
  )
    return refusal(
      'exceeds_refundable',
      `At most ${attempt.refundable.value} ${attempt.refundable.currency} of this deposit can be refunded now.`,
      'Refund at most `refundable` of getDeposit(); refunds count until they are known to have failed.',
    )
  return null
}

const refusal = (
  code: 'conflict' | 'not_found' | 'exceeds_refundable' | 'rail_missing',
  message: string,
  hint: string,
) => new PaymentError({ code, effect: 'not_sent', retry: 'never', message, hint }).toJSON()

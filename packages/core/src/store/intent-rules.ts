import type { DerivedRecord } from '../derivation/derive-record.ts'
import { conflict, PaymentError, type PaymentErrorData } from '../errors/payment-error.ts'
import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods } from '../record/report.ts'
import type { Deposit, DepositAttempt } from '../state/deposit-state.ts'
import { type DepositState, isApproved } from '../state/deposit-transaction.ts'
import type { Mandate } from '../state/mandate-state.ts'
import { isDepositState } from '../state/payment-state.ts'
import type { Payout, PayoutState } from '../state/payout-state.ts'
import { sameMoney, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { lastAttempt } from '../values/reference.ts'
import { sameIdempotencyKey } from './record-rules.ts'
import { refuseRefund } from './refund-rules.ts'
import type { BeginRequest, BeginResult } from './store.ts'

/**
 * Decides whether an intent may begin, from what is recorded under the payment's lock. `existing`: the intent recorded under its key
 * (reference, attempt), or, in another payment, under its reference. `record`: the payment of the deposit's reference, or of the
 * refund's deposit.
 */
export const checkIntent = (
  { intent, fingerprints }: BeginRequest,
  existing: RecordedIntent | null,
  record: PaymentRecord,
  derived: DerivedRecord,
): Exclude<BeginResult, { state: 'new' }> | { readonly state: 'new' } => {
  if (existing && !sameIdempotencyKey(existing.intent, intent))
    return { state: 'refused', error: referenceTaken(intent, existing).toJSON() }
  if (existing) return checkRepeated(intent, fingerprints, existing, record, derived)
  const refusal = refuse(intent, record, derived)
  return refusal ? { state: 'refused', error: refusal.toJSON() } : { state: 'new' }
}

const checkRepeated = (
  intent: Intent,
  fingerprints: readonly string[],
  recorded: RecordedIntent,
  record: PaymentRecord,
  derived: DerivedRecord,
) => {
  const { conclusion } = recorded
  if (!fingerprints.includes(recorded.fingerprint))
    return { state: 'refused', error: otherRequest(intent, recorded).toJSON() } as const
  if (conclusion?.state === 'refused')
    return { state: 'refused', error: recordedRefusal(intent, conclusion.error) } as const
  if (conclusion && conclusion.state !== 'unknown')
    return { state: 'done', recorded, result: conclusion.result } as const
  const decided = decisionOf(recorded, record, derived)
  if (decided === 'failed') return { state: 'refused', error: decidedAsFailed(intent).toJSON() } as const
  return decided === 'confirmed'
    ? ({ state: 'done', recorded, result: { status: 'accepted', payment: paymentRef(intent) } } as const)
    : ({ state: 'resume', recorded, record } as const)
}

const decisions: ReadonlySet<string> = new Set([ownMethods.personConfirmed, ownMethods.personFailed])

/** What a person has found out about money out without a response: the application has acted on it. */
const decisionOf = (
  { intent }: RecordedIntent,
  { reports }: PaymentRecord,
  { state }: DerivedRecord,
): 'failed' | 'confirmed' | null => {
  const ref = paymentRef(intent)
  if (!state || !reports.some(({ method, intent: about }) => about === ref && decisions.has(method))) return null
  const sent: readonly { readonly ref: PaymentRef; readonly state: string }[] = isDepositState(state)
    ? state.refunds
    : state.attempts
  const outcome = sent.find((one) => one.ref === ref)?.state
  return outcome === 'failed' || outcome === 'confirmed' ? outcome : null
}

const decidedAsFailed = ({ kind, reference, attempt }: Intent): PaymentError =>
  conflict({
    retry: attempt === lastAttempt ? 'never' : 'next_attempt',
    message: `A person decided that attempt ${attempt} of ${kind} ${reference} failed, so it is not sent again.`,
    hint:
      attempt === lastAttempt
        ? 'Use a new reference if the money is to be sent after all.'
        : `If the money is to be sent after all, use \`attempt: ${attempt + 1}\`.`,
  })

/** The vendor is not asked again, so the error says why it is the same. */
const recordedRefusal = ({ attempt }: Intent, error: PaymentErrorData): PaymentErrorData => {
  const recorded = `This is the recorded response to attempt ${attempt}: nothing was sent this time.`
  return { ...error, hint: [error.hint, recorded, ...nextAttempt(error, attempt)].join(' ') }
}

/** Part of a hint: what to call after a refusal. */
export const nextAttempt = ({ retry }: Pick<PaymentErrorData, 'retry'>, attempt: number): readonly string[] =>
  retry === 'never' || attempt === lastAttempt
    ? []
    : [`When the cause is corrected, \`attempt: ${attempt + 1}\` sends it again.`]

const otherRequest = (intent: Intent, { intent: first }: RecordedIntent): PaymentError => {
  const { reference, attempt } = intent
  return conflict({
    retry: 'next_attempt',
    message: `Reference ${reference}, attempt ${attempt}, is already used by another ${first.kind} request: ${differenceOf(first, intent)}.`,
    hint: `To repeat the first request, send exactly the same input. For another payment, use a new reference. To try again, use \`attempt: ${attempt + 1}\`.`,
  })
}

/** Of the input, only the fields of the intent are stored as they were. */
const differenceOf = (first: Intent, { expect, of, account }: Intent): string => {
  if (!sameMoney(first.expect, expect))
    return `its \`amount\` is ${first.expect.value} ${first.expect.currency}, not ${expect.value} ${expect.currency}`
  if (first.of !== of) return 'its `payment` is another one'
  if (first.account !== account) return 'the payment whose account it uses is another one'
  return 'its amount is the same, so another field differs, or `callbacks.secrets` has lost the secret of that time'
}

/** A reference identifies one payment. A payment is found by the reference of its deposit or of one of its refunds. */
const referenceTaken = ({ reference }: Intent, recorded: RecordedIntent): PaymentError =>
  conflict({
    message: `Reference ${reference} is already used by a ${recorded.intent.kind} of another payment.`,
    hint: 'Use a new reference: each reference identifies one payment, whatever the attempt.',
  })

const refuse = (
  intent: Intent,
  { intents }: PaymentRecord,
  { state, missingRails }: DerivedRecord,
): PaymentError | null => {
  const [missing] = missingRails
  if (missing !== undefined)
    return new PaymentError({
      code: 'rail_missing',
      effect: 'not_sent',
      retry: 'never',
      message: `Rail ${missing}, on which ${intents[0]?.intent.reference ?? intent.reference} began, is not configured.`,
      hint: `Configure rail ${missing} again (\`providers.${missing}\` or RAILSWITCH_RAILS): without it the state of this payment cannot be derived.`,
    })
  if (intent.kind === 'refund') return refuseRefund(intent, state && isDepositState(state) ? state : null)
  const first = intents[0]?.intent.kind
  if (first !== undefined && first !== intent.kind)
    return conflict({
      message: `Reference ${intent.reference} is already used by a ${first}.`,
      hint: 'Use a new reference: all attempts of a reference have the same kind.',
    })
  if (!state) return null
  // Whether a further attempt may begin is not asked of an imported one: it began elsewhere.
  if (isDepositState(state)) return refuseDeposit(intent, state, intents)
  if (state.kind === 'account') return refuseAccount(intent, state.state)
  return state.kind === 'mandate' ? refuseMandate(intent, state, intents) : refusePayout(intent, state)
}

/** An import needs no customer, so one without a response may still become a mandate. A page that nobody opened does nothing. */
const refuseMandate = (
  { reference }: Intent,
  { attempts }: Mandate,
  intents: readonly RecordedIntent[],
): PaymentError | null => {
  const mayExist = attempts.some(
    ({ ref, state, isSigned }) =>
      state !== 'revoked' && (isSigned || intents.some(({ intent }) => intent.account && paymentRef(intent) === ref)),
  )
  return mayExist
    ? conflict({
        message: `An earlier attempt of mandate ${reference} is not revoked: a further one could be a second mandate.`,
        hint: 'Use the mandate that exists, or cancel it with cancelMandate(). For another mandate, use a new reference.',
      })
    : null
}

const refuseAccount = (intent: Intent, state: string): PaymentError | null =>
  state === 'received'
    ? conflict({
        message: `Account ${intent.reference} has already been received.`,
        hint: 'Use a new reference for another account.',
      })
    : null

const refusePayout = (intent: Intent, payout: Payout): PaymentError | null =>
  intent.imported || payout.attempts.every(({ state }) => finished.has(state))
    ? null
    : conflict({
        message: `An earlier attempt of ${intent.kind} ${intent.reference} is ${payout.state}: a second one could pay twice.`,
        hint: 'Repeat the earlier attempt, or wait until it is known to have failed.',
      })

const finished: ReadonlySet<PayoutState> = new Set(['failed', 'returned', 'pending'])

const refuseDeposit = (intent: Intent, deposit: Deposit, intents: readonly RecordedIntent[]): PaymentError | null => {
  if (deposit.credited.currency !== intent.expect.currency)
    return conflict({ message: 'All attempts of a reference have the same currency.', hint: 'Use a new reference.' })
  if (intent.imported) return null
  const other = intents.find((recorded) => mayBePaid(recorded) && !sameMoney(recorded.intent.expect, intent.expect))
  if (other)
    return conflict({
      message: `Attempt ${other.intent.attempt} of ${intent.reference} is of ${other.intent.expect.value} ${other.intent.expect.currency}, and its checkout may still be paid.`,
      hint: 'Use the same amount, or a new reference: otherwise an order of another amount could be paid with this one.',
    })
  if (deposit.state === 'credited' || deposit.attempts.some(({ transactions }) => transactions.some(isApproved)))
    return conflict({
      message: `Reference ${intent.reference} is ${deposit.state === 'credited' ? 'already credited' : 'approved and may still be credited'}: with a further attempt the customer could pay twice.`,
      hint: 'Wait until it is known to have failed, or use a new reference for another payment.',
    })
  const { value, currency } = deposit.refundable
  if (toMinorUnits(deposit.refundable) > 0n)
    return conflict({
      message: `Reference ${intent.reference} still holds ${value} ${currency}: with a further attempt the customer could pay twice.`,
      hint: 'Refund what is left, or use a new reference for another payment.',
    })
  if (toMinorUnits(deposit.credited) > toMinorUnits(deposit.reversed) && deposit.refunds.some(isUnknown))
    return conflict({
      message: `It is not known whether a refund of ${intent.reference} was paid, so its money may still be here: with a further attempt the customer could pay twice.`,
      hint: 'Wait until the refund is known or its review is resolved, or use a new reference for another payment.',
    })
  if (deposit.attempts.some(mayHoldMoney))
    return conflict({
      message: `Money of ${intent.reference} was taken back before its credit arrived: with a further attempt the customer could pay twice.`,
      hint: 'Wait until the credit arrives or its review is resolved, or use a new reference for another payment.',
    })
  const charged = deposit.attempts.find(
    ({ ref, state }) => mayMove.has(state) && intents.some((recorded) => isOpenCharge(recorded, ref)),
  )
  return charged
    ? conflict({
        message: `An earlier charge of ${intent.reference} may still succeed: a further attempt could take the money twice.`,
        hint: 'Repeat the earlier attempt, or wait until it is known to have failed.',
      })
    : null
}

/** A customer could enlarge the order and pay the checkout of the small one. A refused call has opened none, and a charge has none. */
const mayBePaid = ({ intent, conclusion }: RecordedIntent): boolean =>
  intent.account === undefined && !intent.imported && conclusion?.state !== 'refused' && intent.kind === 'deposit'

const isUnknown = ({ state }: { readonly state: string }): boolean => state === 'unknown'

/** Only what was credited can be taken back, so the rest of it is at the vendor. */
const mayHoldMoney = ({ credited, reversed, expected }: DepositAttempt): boolean =>
  toMinorUnits(reversed) > toMinorUnits(credited) && toMinorUnits(reversed) < toMinorUnits(expected)

const mayMove: ReadonlySet<DepositState> = new Set(['pending', 'not_credited_yet', 'credited'])

/** A charge takes the money without the customer, so an open one may still be paid. */
const isOpenCharge = ({ intent, conclusion }: RecordedIntent, ref: PaymentRef): boolean =>
  intent.account !== undefined && conclusion?.state !== 'refused' && paymentRef(intent) === ref

import {
  type Fact,
  groupBy,
  hourMs,
  type Money,
  type PaymentRef,
  sameMoney,
  toMinorUnits,
} from '@railswitch/core/provider'
import { reasonOf } from '../error-codes.ts'
import type { Credit } from './credits.ts'
import { byContent, isError, provenOf, type Reading, type Readings, toBase, unrecognised, unsigned } from './reading.ts'

interface CapturedDeposit {
  readonly deposit: PaymentRef
  readonly credits: readonly Credit[]
  /** Decisions of a person that the deposit is credited. */
  readonly decisions: readonly Credit[]
  /** Imports of the deposit as credited. */
  readonly imports: readonly Credit[]
}

/**
 * The facts of a deposit's own transactions. Success is errorcode 0 together with payment_state credited: errorcode 0 is also sent
 * with `not_credited_yet`. The state not_credited is a failure whatever the errorcode, and an error is a failure whatever the state.
 */
export const captureFacts = (
  { deposit, credits, decisions, imports }: CapturedDeposit,
  captures: readonly Reading[],
): readonly Fact[] => [
  ...groupBy(captures, ({ vendorId }) => vendorId).flatMap((transaction) => {
    const groups = byContent(
      transaction.filter(({ channel, errorcode }) => channel === 'callback' && !isError(errorcode)),
    )
    const failures = transaction.filter(isFailure)
    const known = { credits, imports }
    const facts = [
      ...failureFacts(deposit, failures, known),
      ...otherTryFailures(deposit, failures, known),
      ...groups.flatMap((same) =>
        isDecided(deposit, same, { decisions, imports }) ? [] : successFacts(deposit, same),
      ),
    ]
    const waiting = groups.filter(([{ errorcode }]) => errorcode === '2000')
    return facts.length > 0 ? facts : waiting.map((same) => unrecognised(deposit, same))
  }),
  ...neverReported(deposit, captures),
]

/**
 * An unproven success needs no review if a person has decided about its transaction since, or if it repeats what is known. A decision
 * without a transaction is about every earlier one.
 */
const isDecided = (
  deposit: PaymentRef,
  same: Readings,
  { decisions, imports }: Pick<CapturedDeposit, 'decisions' | 'imports'>,
): boolean => {
  const [{ at, state, vendorId, money }] = same
  if (provenOf(same) || state === 'not_credited') return false
  return (
    decisions.some((decision) => at <= decision.at && [vendorId, deposit].includes(decision.vendorId)) ||
    [...decisions, ...imports].some(
      (known) => vendorId === known.vendorId && money !== null && sameMoney(money, known.amount),
    )
  )
}

/** `security` covers the errorcode, but not the state. */
const isFailure = ({ errorcode, state, proven }: Reading): boolean =>
  isError(errorcode) || (proven && state === 'not_credited')

const successFacts = (deposit: PaymentRef, same: Readings): readonly Fact[] => {
  const [{ errorcode, state, content }] = same
  const believed = provenOf(same)
  if (errorcode === '2000' || (believed && state === 'not_credited')) return []
  if (!believed) return [unsigned(deposit, same)]
  const [{ money }] = believed
  const base = toBase(deposit, believed, content)
  switch (state) {
    case 'credited':
      return money
        ? [{ ...base, type: 'deposit.credited', amount: money }]
        : [{ ...base, type: 'review', reason: 'amount_differs' }]
    case 'not_credited_yet':
      return money ? [{ ...base, type: 'deposit.not_credited_yet', amount: money }] : [unrecognised(deposit, believed)]
    default:
      return [unrecognised(deposit, believed)]
  }
}

/**
 * A failure of a transaction that was credited before reverses its money, once. A failure before the credit, or in the same second,
 * contradicts it, and so does a diagnosis, which does not report when the transaction failed.
 */
const failureFacts = (deposit: PaymentRef, failures: readonly Reading[], known: EarlierCredits): readonly Fact[] => {
  const groups = groupBy(failures, ({ errorcode }) => errorcode)
  const takenBack = groups.filter((same) => earlierCredits(same, known).length > 0)
  const ended = groups.filter((same) => !takenBack.includes(same))
  const [first, ...others] = failures.filter((failure) => takenBack.some((same) => same.includes(failure)))
  const [amount] = first ? largestFirst(takenBack.flatMap((same) => earlierCredits(same, known))) : []
  return [
    ...ended.map((same): Fact => {
      const [{ errorcode }] = same
      return {
        ...toBase(deposit, same, `capture|${errorcode}`),
        type: 'deposit.not_credited',
        reason: reasonOf(errorcode),
      }
    }),
    ...(first && amount
      ? [{ ...toBase(deposit, [first, ...others], 'not_credited'), type: 'deposit.reversed' as const, amount }]
      : []),
  ]
}

type EarlierCredits = Pick<CapturedDeposit, 'credits' | 'imports'>

const earlierCredits = (same: Readings, known: EarlierCredits): readonly Credit[] => {
  const reported = same.find(({ channel }) => channel === 'callback')
  return reported ? earlierThan(reported, known).filter(({ vendorId }) => vendorId === reported.vendorId) : []
}

/** An imported credit is earlier than every report, except that of a try which the customer or the bank ended. */
const earlierThan = ({ errorcode, at }: Reading, { credits, imports }: EarlierCredits): readonly Credit[] =>
  credits.filter((credit) => {
    const time = credit.at === '' && reasonOf(errorcode) !== 'failed' ? importedAt(imports) : credit.at
    return time < at
  })

const importedAt = ([first]: readonly Credit[]): string => first?.at ?? ''

/** Another transaction that failed after the credit: another try, or a reversal of the credited money. */
const otherTryFailures = (
  deposit: PaymentRef,
  failures: readonly Reading[],
  known: EarlierCredits,
): readonly Fact[] => {
  const { credits } = known
  const [first, ...others] = failures.filter(
    (failure) =>
      !leftByCustomer.has(reasonOf(failure.errorcode)) &&
      earlierThan(failure, known).length > 0 &&
      credits.every(({ vendorId }) => vendorId !== failure.vendorId),
  )
  const [money] = largestFirst(credits)
  return first && money
    ? [{ ...toBase(deposit, [first, ...others], 'stray'), type: 'review', reason: 'credited_and_cancelled', money }]
    : []
}

const leftByCustomer: ReadonlySet<string> = new Set(['abandoned', 'expired'])

const largestFirst = (credits: readonly Credit[]): readonly Money[] =>
  credits
    .map(({ amount }) => amount)
    .sort((a, b) => (toMinorUnits(a) > toMinorUnits(b) ? -1 : toMinorUnits(a) < toMinorUnits(b) ? 1 : 0))

/** How long a notification can take after a diagnosis has shown that the customer paid or approved. */
export const notificationMs = 6 * hourMs

/**
 * A diagnosis has shown a success for hours, and payabl has sent no notification of it, although every look-up requests one. Only the
 * notification reports whether the money was credited.
 */
const neverReported = (deposit: PaymentRef, captures: readonly Reading[]): readonly Fact[] => {
  const reported = captures.filter(({ channel }) => channel === 'callback')
  if (reported.some(({ errorcode }) => errorcode === '0')) return []
  const paid = captures.filter(
    ({ channel, errorcode, type }) => channel === 'diagnose' && errorcode === '0' && type !== 'preauthorization',
  )
  const reason = reported.some(isFailure) ? 'lookup_differs' : 'overdue'
  return groupBy(paid, ({ vendorId }) => vendorId).flatMap((shown): readonly Fact[] => {
    const first = shown[0]
    const last = shown.at(-1) ?? first
    if (Date.parse(last.at) - Date.parse(first.at) < notificationMs) return []
    const base = { ...toBase(deposit, shown, 'diagnose'), at: last.at }
    return [{ ...base, type: 'review', reason, ...(first.money && { money: first.money }) }]
  })
}

import {
  dayMs,
  isDeposit,
  isLeft,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RecordRules,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { PartSummary, SyncContext } from './sync-part.ts'

/** A call without an answer is on its way for as long as this. */
const underwayMs = 60_000
/** A person is reminded by the listing, which may show it after all; look-ups that fail for so long are for a person, too. */

type Found = 'resolved' | 'later' | { readonly manualReview: string }

/** Refunds, payouts and charges whose outcome is unknown: repeated where the vendor knows a repeated request, looked up elsewhere. */
export const resolveMoneyOut = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<PartSummary> => {
  const now = context.now()
  const unknown = new Set(unknownIn(context.rules, record))
  const isUnknown = ({ intent }: RecordedIntent): boolean =>
    context.rails.has(intent.rail) && unknown.has(paymentRef(intent))
  const manualReview: { payment: PaymentRef; why: string }[] = []
  const waits: string[] = []
  let resolved = 0
  for (const recorded of record.intents.filter(isUnknown)) {
    const due = dueAt(recorded)
    const found = due > now.toISOString() ? 'not due' : await resolveIntent(context, recorded, record)
    if (found === 'resolved') resolved += 1
    else if (found === 'not due') waits.push(due)
    else if (found === 'later') waits.push(waitAgain(now, recorded.begunAt))
    else {
      waits.push(after(now, dayMs))
      const unknownOutcome = outcomeUnknown(recorded, now)
      if (record.reports.some(({ id }) => id === unknownOutcome.report.id)) continue
      manualReview.push({ payment: paymentRef(recorded.intent), why: found.manualReview })
      await recordFound(context, recorded.intent.rail, unknownOutcome, 'elapsed')
    }
  }
  return { resolved, manualReview, next: waits.sort()[0] ?? null }
}

const dueAt = ({ begunAt, conclusion }: RecordedIntent): string =>
  conclusion?.state === 'unknown' && conclusion.result.status === 'unknown'
    ? conclusion.result.notBefore
    : after(begunAt, underwayMs)

const unknownIn = (rules: RecordRules, record: PaymentRecord): readonly PaymentRef[] => {
  const { state } = rules.derive(record)
  if (!state) return []
  if (!isDeposit(state))
    return state.kind === 'account'
      ? []
      : state.attempts.flatMap(({ ref, state: attempt }) => (attempt === 'unknown' ? [ref] : []))
  const pending = new Set(state.attempts.flatMap(({ ref, state: attempt }) => (attempt === 'pending' ? [ref] : [])))
  return [
    ...state.refunds.flatMap(({ ref, state: refund }) => (refund === 'unknown' ? [ref] : [])),
    ...unansweredCharges(record, pending),
  ]
}

/** Of which neither a response nor any report has come. */
const unansweredCharges = ({ intents }: PaymentRecord, pending: ReadonlySet<PaymentRef>): readonly PaymentRef[] =>
  intents.flatMap(({ intent, conclusion }) =>
    intent.account && pending.has(paymentRef(intent)) && (conclusion?.state ?? 'unknown') === 'unknown'
      ? [paymentRef(intent)]
      : [],
  )

const resolveIntent = async <Tx>(
  context: SyncContext<Tx>,
  recorded: RecordedIntent,
  record: PaymentRecord,
): Promise<Found> => {
  const { rails, rules, store } = context
  const { intent, conclusion } = recorded
  if (intent.imported) return { manualReview: 'its import was cut off: import it again' }
  const provider = rails.get(intent.rail)
  if (!provider) return { manualReview: `rail ${intent.rail} is not configured: restore it` }
  const { result } = conclusion?.state === 'unknown' ? conclusion : { result: null }
  if (result?.status === 'unknown' && result.resolveBy === 'operator')
    return { manualReview: 'the vendor will not say: look into its back office' }
  if (provider.replays) return repeatCall(context, recorded)
  if (!(await lookUp(context, intent.rail, provider, record)))
    return after(recorded.begunAt, dayMs) > context.now().toISOString()
      ? 'later'
      : { manualReview: 'the vendor answers no look-ups of it: look into its back office' }
  const payment = await store.find(intent.reference)
  if (!payment || unknownIn(rules, payment).includes(paymentRef(intent)))
    return { manualReview: 'the vendor does not show it, which proves nothing: look into its back office' }
  const found = { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } } as const
  await store.conclude(intent, found, { vendorIds: [], replaces: false }, rules)
  return 'resolved'
}

const repeatCall = async <Tx>({ repeat }: SyncContext<Tx>, recorded: RecordedIntent): Promise<Found> => {
  const again = repeat(recorded)
  if (!again) return { manualReview: 'what it sent of the customer was never kept: repeat the very same call' }
  const outcome = await again()
  const isKnown = isLeft(outcome) ? outcome.left.effect === 'refused' : outcome.right.status === 'accepted'
  return isKnown ? 'resolved' : 'later'
}

const outcomeUnknown = ({ intent }: RecordedIntent, now: Date) => {
  const ref = paymentRef(intent)
  return {
    report: {
      id: `${ownMethods.outcomeUnknown}|${ref}`,
      at: now.toISOString(),
      vendorId: '',
      method: ownMethods.outcomeUnknown,
      members: {},
    },
    intent: ref,
    learns: false,
  }
}

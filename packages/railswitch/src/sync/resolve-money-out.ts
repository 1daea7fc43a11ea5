import {
  dayMs,
  isDepositState,
  isLeft,
  type Mandate,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RecordRules,
} from '@railswitch/core'
import { lookUp, recordFound } from './look-up.ts'
import { after, retryAt, type StepResult, type SyncContext } from './sync-step.ts'

/** For this long, a call without a response may still be running. */
const runningCallMs = 60_000

type Result = 'resolved' | 'later' | { readonly manualReview: string }

/**
 * Resolves refunds, payouts and charges whose outcome is unknown: repeats the call if the vendor recognises repeated requests, otherwise
 * looks it up. An outcome that cannot be resolved is reported for manual review, and is looked up again once a day.
 */
export const resolveMoneyOut = async <Tx>(context: SyncContext<Tx>, record: PaymentRecord): Promise<StepResult> => {
  const now = context.now()
  const unknown = new Set(unknownIn(context.rules, record))
  const isUnknown = ({ intent }: RecordedIntent): boolean =>
    context.rails.has(intent.rail) && unknown.has(paymentRef(intent))
  const manualReview: { payment: PaymentRef; why: string }[] = []
  const dueTimes: string[] = []
  let resolved = 0
  for (const recorded of record.intents.filter(isUnknown)) {
    const due = dueAt(recorded)
    const result = due > now.toISOString() ? 'not due' : await resolveIntent(context, recorded, record)
    if (result === 'resolved') resolved += 1
    else if (result === 'not due') dueTimes.push(due)
    else if (result === 'later') dueTimes.push(retryAt(now, recorded.begunAt))
    else {
      dueTimes.push(after(now, dayMs))
      const unknownOutcome = outcomeUnknown(recorded, now)
      if (record.reports.some(({ id }) => id === unknownOutcome.report.id)) continue
      manualReview.push({ payment: paymentRef(recorded.intent), why: result.manualReview })
      await recordFound(context, recorded.intent.rail, unknownOutcome, 'elapsed')
    }
  }
  return { resolved, manualReview, next: dueTimes.sort()[0] ?? null }
}

const dueAt = ({ begunAt, conclusion }: RecordedIntent): string =>
  conclusion?.state === 'unknown' && conclusion.result.status === 'unknown'
    ? conclusion.result.notBefore
    : after(begunAt, runningCallMs)

const unknownIn = (rules: RecordRules, record: PaymentRecord): readonly PaymentRef[] => {
  const { state } = rules.derive(record)
  if (!state) return []
  if (!isDepositState(state)) {
    if (state.kind === 'account') return []
    if (state.kind === 'mandate') return unansweredImports(record, state)
    return state.attempts.flatMap(({ ref, state: attempt }) => (attempt === 'unknown' ? [ref] : []))
  }
  const pending = new Set(state.attempts.flatMap(({ ref, state: attempt }) => (attempt === 'pending' ? [ref] : [])))
  return [
    ...state.refunds.flatMap(({ ref, state: refund }) => (refund === 'unknown' ? [ref] : [])),
    ...unansweredCharges(record, pending),
  ]
}

/** Imported mandates without a response and without a report. */
const unansweredImports = (record: PaymentRecord, { attempts }: Mandate): readonly PaymentRef[] =>
  unansweredCharges(
    record,
    new Set(attempts.flatMap(({ ref, state, isSigned }) => (state === 'pending' && !isSigned ? [ref] : []))),
  )

/** Charges without a response and without a report. */
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
): Promise<Result> => {
  const { rails, rules, store } = context
  const { intent, conclusion } = recorded
  if (intent.imported) return { manualReview: 'its import was interrupted: import it again' }
  const provider = rails.get(intent.rail)
  if (!provider) return { manualReview: `rail ${intent.rail} is not configured: restore it` }
  const { result } = conclusion?.state === 'unknown' ? conclusion : { result: null }
  if (result?.status === 'unknown' && result.resolveBy === 'operator')
    return { manualReview: 'the vendor does not report its outcome: check its back office' }
  if (provider.replays) return repeatCall(context, recorded)
  if (!(await lookUp(context, intent.rail, provider, record)))
    return isWithinDay(recorded, context.now())
      ? 'later'
      : { manualReview: 'its look-ups fail: check the back office of the vendor' }
  if (await isStillUnknown(context, recorded))
    return { manualReview: 'the vendor does not show it, which proves nothing: check its back office' }
  const accepted = { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } } as const
  await store.conclude(intent, accepted, { vendorIds: [], replaces: false }, rules)
  return 'resolved'
}

const repeatCall = async <Tx>(context: SyncContext<Tx>, recorded: RecordedIntent): Promise<Result> => {
  const call = context.repeat(recorded)
  if (!call) return { manualReview: 'its customer data is not stored: repeat exactly the same call' }
  const outcome = await call()
  const isKnown = isLeft(outcome) ? outcome.left.effect === 'refused' : outcome.right.status === 'accepted'
  // The store may have failed to record the result.
  if (isKnown) return (await isStillUnknown(context, recorded)) ? 'later' : 'resolved'
  return isWithinDay(recorded, context.now())
    ? 'later'
    : { manualReview: 'its repeated calls give no result: check the back office of the vendor' }
}

const isStillUnknown = async <Tx>({ store, rules }: SyncContext<Tx>, { intent }: RecordedIntent): Promise<boolean> => {
  const record = await store.find(intent.reference)
  return !record || unknownIn(rules, record).includes(paymentRef(intent))
}

/** A vendor that cannot be reached is asked again for a day before a person has to look. */
const isWithinDay = ({ begunAt }: RecordedIntent, now: Date): boolean => after(begunAt, dayMs) > now.toISOString()

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

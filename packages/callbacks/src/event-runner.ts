import type { Telemetry } from '@railswitch/core'
import {
  type ClaimResult,
  type CustomerDetails,
  type DerivedEvent,
  type EmittedEvent,
  type ErrorReporting,
  type HandlerAnswer,
  isMoneyEvent,
  type PaymentRecord,
  pendingEventsFor,
  type RecordRules,
  reportError,
  type Store,
} from '@railswitch/core'
import { type Handled, type HandlerRegistry, HandlerTimeout } from './event-handlers.ts'

interface RunnerOptions<Tx> extends ErrorReporting {
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly handlers: HandlerRegistry<Tx>
  readonly telemetry: Telemetry
  readonly handlerTimeoutMs: number
  readonly leaseMs: number
}

/** The parts of a delivery that are not in the record. */
interface DeliveredNow {
  readonly reportId: string | null
  readonly customer?: CustomerDetails
}

type Leased = Extract<ClaimResult, { state: 'leased' }>

/** `isDone`: nothing is left to handle. */
export type EventRunner = (
  claim: Leased,
  delivered: DeliveredNow,
) => Promise<{ readonly record: PaymentRecord; readonly isDone: boolean }>

/** A leased record while its events are handled. */
interface Run<Tx> {
  readonly options: RunnerOptions<Tx>
  readonly delivered: DeliveredNow
  record: PaymentRecord
  /** Null: released, lost, or still used by a handler that takes too long. */
  lease: string | null
  readonly failed: Set<string>
}

/**
 * Handles the pending events of a leased record one after the other. Each event's writes and the mark that it was emitted are one
 * transaction. Money events are handled in order: if one fails, the later ones wait. A failed event of another kind blocks nothing.
 */
export const createEventRunner =
  <Tx>(options: RunnerOptions<Tx>): EventRunner =>
  async ({ record, lease }, delivered) => {
    const run: Run<Tx> = { options, delivered, record, lease, failed: new Set() }
    for (let next = nextEvent(run); next && run.lease !== null; next = nextEvent(run))
      await handleEvent(run, run.lease, next)
    if (run.lease !== null && run.failed.size > 0) await options.store.release(run.lease)
    return { record: run.record, isDone: pendingIn(run).length === 0 }
  }

const pendingIn = <Tx>({ options: { rules }, record, delivered }: Run<Tx>): readonly DerivedEvent[] =>
  pendingEventsFor(rules.derive(record), delivered.reportId)

const nextEvent = <Tx>(run: Run<Tx>): DerivedEvent | undefined => {
  const { failed } = run
  const pending = pendingIn(run)
  const isBlocked = pending.some(({ event }) => failed.has(event.id) && isMoneyEvent(event.type))
  return pending.find(({ event }) => !failed.has(event.id) && !(isBlocked && isMoneyEvent(event.type)))
}

const handleEvent = async <Tx>(run: Run<Tx>, lease: string, derived: DerivedEvent): Promise<void> => {
  const handled = await runHandler(run, derived)
  if (!handled) return renewLease(run)
  const emitted = toEmitted(derived, handled.answer)
  const after: Run<Tx> = { ...run, record: { ...run.record, emitted: [...run.record.emitted, emitted] } }
  const isLast = nextEvent(after) === undefined
  await completeEvent(run, { lease, derived, handled, emitted, isLast }, after.record)
}

/** Null if the handler failed. A handler that takes too long may still be running, so its lease is not released but ends by itself. */
const runHandler = async <Tx>(run: Run<Tx>, { event, evidence }: DerivedEvent): Promise<Handled<Tx> | null> => {
  const { handlers, handlerTimeoutMs } = run.options
  const { reportId, customer } = run.delivered
  const isOfDelivery = reportId !== null && evidence.includes(reportId)
  try {
    return await handlers.run(customer && isOfDelivery ? { ...event, customer } : event, handlerTimeoutMs)
  } catch (error) {
    const message = 'event not handled: the handler failed'
    reportError(run.options, error, { during: 'handler', message, ...about(event) })
    run.failed.add(event.id)
    if (error instanceof HandlerTimeout) run.lease = null
    return null
  }
}

interface Completing<Tx> {
  readonly lease: string
  readonly derived: DerivedEvent
  readonly handled: Handled<Tx>
  readonly emitted: EmittedEvent
  readonly isLast: boolean
}

const completeEvent = async <Tx>(
  run: Run<Tx>,
  { lease, derived: { event }, handled, emitted, isLast }: Completing<Tx>,
  after: PaymentRecord,
): Promise<void> => {
  const { rules, store, logger, telemetry, handlerTimeoutMs } = run.options
  const written = watchWrite(handled.write)
  try {
    const completion = { emitted, isLast, ...written.option, timeoutMs: handlerTimeoutMs }
    if (!(await store.complete(lease, completion, rules))) {
      logger.warn(about(event), 'event not handled: the lease was lost')
      run.lease = null
      return
    }
    run.record = after
    if (isLast) run.lease = null
    telemetry.event(railOf(after, event.payment), event.type, event.at)
    logger.info(about(event), 'event handled')
  } catch (error) {
    // The store has released the lease after the failed write.
    const failure = written.isRunning()
      ? ({ during: 'write', message: 'event not handled: its write failed' } as const)
      : ({ during: 'store', message: 'event not handled: the store failed' } as const)
    reportError(run.options, error, { ...failure, ...about(event) })
    run.failed.add(event.id)
    await claimAgain(run)
  }
}

/** The write as a member of a completion, and whether it has begun and not ended: then the failure is its own. */
const watchWrite = <Tx>(write: Handled<Tx>['write']) => {
  if (!write) return { option: {}, isRunning: () => false }
  let isRunning = false
  const watched = async (tx: Tx): Promise<void> => {
    isRunning = true
    await write(tx)
    isRunning = false
  }
  return { option: { write: watched }, isRunning: () => isRunning }
}

/** A failed handler has used a part of the lease. The next handler gets a new one. */
const renewLease = async <Tx>(run: Run<Tx>): Promise<void> => {
  if (run.lease === null || !nextEvent(run)) return
  await run.options.store.release(run.lease)
  await claimAgain(run)
}

const claimAgain = async <Tx>(run: Run<Tx>): Promise<void> => {
  const { store, rules, leaseMs } = run.options
  const claim = await store.claimRecord(run.record.key, leaseMs, rules)
  run.lease = claim?.state === 'leased' ? claim.lease : null
  if (claim) run.record = claim.record
}

const toEmitted = ({ event, evidence, money, refund }: DerivedEvent, answer: HandlerAnswer): EmittedEvent => ({
  id: event.id,
  type: event.type,
  payment: event.payment,
  ...(money && { money }),
  ...(refund !== undefined && { refund }),
  answer,
  evidence,
})

const about = ({ id, type, payment }: DerivedEvent['event']) => ({ event: type, id, payment })

const railOf = ({ intents, unowned }: PaymentRecord, payment: string | null): string =>
  payment?.split('.')[1] ?? intents[0]?.intent.rail ?? unowned?.rail ?? ''

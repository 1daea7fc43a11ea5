import type { Telemetry } from '@railswitch/core'
import {
  type AnyAnswer,
  type Claim,
  type CustomerDetails,
  type DerivedEvent,
  type EmittedEvent,
  isMoneyEvent,
  type Logger,
  nameOf,
  type PaymentRecord,
  pendingFor,
  type RecordRules,
  type Store,
} from '@railswitch/core'
import { type Handled, type HandlerRegistry, HandlerTimeout } from './handlers.ts'

interface RunnerOptions<Tx> {
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly handlers: HandlerRegistry<Tx>
  readonly logger: Logger
  readonly telemetry: Telemetry
  readonly handlerTimeoutMs: number
  readonly leaseMs: number
}

/** What a delivery brings beside what is stored. */
interface DeliveredNow {
  readonly reportId: string | null
  readonly customer?: CustomerDetails
}

type Leased = Extract<Claim, { state: 'leased' }>

/** A lease while its events are handled. */
interface Run {
  record: PaymentRecord
  /** Null: given back, lost, or still in the hands of a handler that overstayed. */
  lease: string | null
  readonly failed: Set<string>
}

/**
 * Handles what waits in a leased record, one event after the other, each with our mark in one transaction. Money events keep
 * their order: behind one that fails, the others wait. A failing event of another kind holds up nothing.
 */
export const createEventRunner = <Tx>(options: RunnerOptions<Tx>) => {
  const { rules, store, handlers, logger, telemetry, handlerTimeoutMs, leaseMs } = options

  return async (claim: Leased, delivered: DeliveredNow): Promise<{ record: PaymentRecord; isDone: boolean }> => {
    const run: Run = { record: claim.record, lease: claim.lease, failed: new Set() }
    for (let next = nextOf(run, delivered); next && run.lease !== null; next = nextOf(run, delivered))
      await handleOne(run, run.lease, next, delivered)
    if (run.lease !== null && run.failed.size > 0) await store.release(run.lease)
    return { record: run.record, isDone: pendingFor(rules.derive(run.record), delivered.reportId).length === 0 }
  }

  function nextOf({ record, failed }: Run, { reportId }: DeliveredNow): DerivedEvent | undefined {
    const pending = pendingFor(rules.derive(record), reportId)
    const isBlocked = pending.some(({ event }) => failed.has(event.id) && isMoneyEvent(event.type))
    return pending.find(({ event }) => !failed.has(event.id) && !(isBlocked && isMoneyEvent(event.type)))
  }

  async function handleOne(run: Run, lease: string, derived: DerivedEvent, delivered: DeliveredNow): Promise<void> {
    const handled = await runHandler(run, derived, delivered)
    if (!handled) return renew(run, delivered)
    const emitted = toEmitted(derived, handled.answer)
    const after: Run = { ...run, record: { ...run.record, emitted: [...run.record.emitted, emitted] } }
    const isLast = nextOf(after, delivered) === undefined
    await complete(run, lease, { derived, handled, emitted, isLast }, after.record)
  }

  /** Null when the handler failed. One that overstayed may still be working: its lease ends by itself. */
  async function runHandler(run: Run, { event, evidence }: DerivedEvent, delivered: DeliveredNow) {
    const { reportId, customer } = delivered
    const isOfDelivery = reportId !== null && evidence.includes(reportId)
    try {
      return await handlers.run(customer && isOfDelivery ? { ...event, customer } : event, handlerTimeoutMs)
    } catch (error) {
      logger.error({ ...about(event), error: nameOf(error) }, 'event not handled: the handler failed')
      run.failed.add(event.id)
      if (error instanceof HandlerTimeout) run.lease = null
      return null
    }
  }

  async function complete(
    run: Run,
    lease: string,
    done: { derived: DerivedEvent; handled: Handled<Tx>; emitted: EmittedEvent; isLast: boolean },
    after: PaymentRecord,
  ): Promise<void> {
    const { handled, emitted, isLast } = done
    const { event } = done.derived
    const write = handled.write && { write: handled.write }
    try {
      const completion = { emitted, isLast, ...write, timeoutMs: handlerTimeoutMs }
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
      // The store has given the lease back with the failed write.
      logger.error({ ...about(event), error: nameOf(error) }, 'event not handled: its write failed')
      run.failed.add(event.id)
      await claimAnew(run)
    }
  }

  /** A handler that failed has used up some of the lease: the next one gets a whole one. */
  async function renew(run: Run, delivered: DeliveredNow): Promise<void> {
    if (run.lease === null || !nextOf(run, delivered)) return
    await store.release(run.lease)
    await claimAnew(run)
  }

  async function claimAnew(run: Run): Promise<void> {
    const again = await store.claimRecord(run.record.key, leaseMs, rules)
    run.lease = again?.state === 'leased' ? again.lease : null
    if (again) run.record = again.record
  }
}

const toEmitted = ({ event, evidence, money, refund }: DerivedEvent, answer: AnyAnswer): EmittedEvent => ({
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

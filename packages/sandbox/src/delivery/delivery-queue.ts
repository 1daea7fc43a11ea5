import { type CallbackPlan, type Copy, genuine } from '../chaos/callback-plan.ts'
import type { VendorChaos } from '../chaos/vendor-chaos.ts'
import { type Clock, dayMs } from '../platform/clock.ts'
import type { Post } from '../platform/platform.ts'
import { type Delivery, type DeliveryOutcome, failedAttempt } from './delivery.ts'
import { createHeldDeliveries, type Holds } from './held-deliveries.ts'
import { createInFlight } from './in-flight.ts'
import { createPauses } from './pauses.ts'
import { createPendingWork } from './pending-work.ts'
import { postDelivery } from './post-delivery.ts'
import { createReordering } from './reordering.ts'
import { createRetrySchedule } from './retry-schedule.ts'
import { createUntilAcknowledged, type IdleOptions } from './until-acknowledged.ts'

export interface DeliveryQueue {
  /** Sends after the first attempts of the subject's earlier deliveries, then again until acknowledged. */
  readonly send: (delivery: Delivery) => void
  /** Continues with a delivery of an earlier run, unless it was accepted or given up. */
  readonly resume: (delivery: Delivery) => void
  /** Resolves when all deliveries so far, or the subject's, had their first attempt or are held. */
  readonly attempted: (subject?: string) => Promise<unknown>
  /** Makes one more attempt now, without chaos, whether or not the delivery was accepted before. */
  readonly redeliver: (delivery: Delivery) => Promise<DeliveryOutcome>
  /** Holds every attempt from now on, of all deliveries or of one subject's, except those of `redeliver`. */
  readonly hold: (subject?: string) => void
  /** Ends every `hold`, or one subject's, and makes the attempts that were held. */
  readonly release: (subject?: string) => void
  /** Whether all deliveries, or those of one subject, are held, and how many wait for their release. */
  readonly held: (subject?: string) => { readonly all: boolean; readonly waiting: number }
  readonly holds: () => Holds
  /** Resolves when nothing is in flight and no attempt is scheduled. Held deliveries do not count. Given options, it
   *  rejects with the deliveries that were not acknowledged, of those unfinished at the call and those sent since. */
  readonly idle: (options?: IdleOptions) => Promise<void>
  /** Aborts what is in flight and cancels what is scheduled. */
  readonly close: () => Promise<void>
}

interface Dependencies {
  readonly clock: Clock
  readonly post: Post
  /** The wait before each retry, in milliseconds of the clock. There is no retry after the last one. */
  readonly redeliverAfterMs: readonly number[]
  readonly allowRemote: boolean
  readonly vendorChaos: Pick<VendorChaos, 'onCallback' | 'chargeBack'>
  /** Reports that a delivery has changed. */
  readonly changed: () => void
}

// The vendors publish neither how long they wait for an acknowledgement nor how many deliveries they have open.
const limits = { atOnce: 64, withinMs: 30_000 }

export const createDeliveryQueue = (dependencies: Dependencies): DeliveryQueue => {
  const { clock, redeliverAfterMs, vendorChaos, changed } = dependencies
  let isClosing = false
  const pauses = createPauses(clock.after)
  const work = createPendingWork()
  const retries = createRetrySchedule({ clock, afterMs: redeliverAfterMs, work })
  const reordering = createReordering(clock, work)
  const held = createHeldDeliveries()
  const waiting = () => retries.count() + reordering.count()
  const acknowledgements = createUntilAcknowledged({ work, clock, waiting })
  const inFlight = createInFlight({ ...limits, after: clock.after })
  const firstAttempts = new Map<string, Promise<unknown>>()
  const attempt = createAttempt(dependencies, inFlight, retries.runNow)
  const isFinished = ({ status }: Delivery) => status !== null || isClosing

  const execute = async (delivery: Delivery, plan: CallbackPlan): Promise<void> => {
    const { copies, atOnce, delayMs, chargedBackAfterDays } = plan
    if (delayMs > 0) await pauses.pause(delayMs)
    if (copies.length === 0) delivery.attempts.push({ at: clock.now(), ...failedAttempt('chaos: lost on the way') })
    if (atOnce) await Promise.all(copies.map((copy) => attempt(delivery, copy)))
    else for (const copy of copies) await attempt(delivery, copy)
    if (chargedBackAfterDays === undefined) return
    const moment = new Date(clock.now().getTime() + chargedBackAfterDays * dayMs)
    clock.at(moment, () => vendorChaos.chargeBack(delivery.subject))
  }

  const scheduleRetry = (delivery: Delivery, retry: number): boolean =>
    retries.schedule(delivery, retry, () => attemptUntilAccepted(delivery, retry + 1))

  const attemptUntilAccepted = async (delivery: Delivery, retry: number): Promise<void> => {
    retries.forget(delivery)
    if (isFinished(delivery)) return acknowledgements.finished(delivery)
    if (held.hold(delivery, () => work.start(() => attemptUntilAccepted(delivery, retry))())) return
    const { subject } = delivery
    const plan = vendorChaos.onCallback(delivery)
    const proceed = async () => {
      await execute(delivery, plan)
      const comesAgain = !isFinished(delivery) && scheduleRetry(delivery, retry)
      if (!comesAgain) acknowledgements.finished(delivery)
    }
    if (plan.overtaken && !reordering.isWaiting(subject)) return reordering.wait(subject, proceed)
    await proceed()
    await reordering.proceed(subject)
  }

  const send = (delivery: Delivery) => {
    acknowledgements.sent(delivery)
    changed()
    const before = firstAttempts.get(delivery.subject) ?? Promise.resolve()
    const first = work.start(() => before.then(() => attemptUntilAccepted(delivery, 0)))
    const attempted: Promise<void> = first().finally(() => {
      if (firstAttempts.get(delivery.subject) === attempted) firstAttempts.delete(delivery.subject)
    })
    firstAttempts.set(delivery.subject, attempted)
  }

  return {
    send,
    resume: (delivery) => {
      const isGivenUp = delivery.attempts.length > redeliverAfterMs.length
      if (delivery.status === null && !isGivenUp) send(delivery)
    },
    attempted: (subject) =>
      subject === undefined ? Promise.all(firstAttempts.values()) : Promise.resolve(firstAttempts.get(subject)),
    redeliver: (delivery) => work.start(() => attempt(delivery, genuine))(),
    hold: (subject) => {
      held.holdSubject(subject)
      changed()
    },
    release: (subject) => {
      held.release(subject)
      changed()
    },
    held: held.state,
    holds: held.holds,
    idle: (options) => (options === undefined ? work.idle() : acknowledgements.wait(options)),
    close: async () => {
      isClosing = true
      pauses.endAll()
      inFlight.close()
      await retries.runAllNow()
      await reordering.proceedAll()
      await work.idle()
    },
  }
}

/** Makes one attempt and records it. The first accepted reply ends the wait for the next attempt. */
const createAttempt =
  (
    { clock, post, allowRemote, changed }: Dependencies,
    inFlight: ReturnType<typeof createInFlight>,
    endWait: (delivery: Delivery) => Promise<void> | undefined,
  ) =>
  async (delivery: Delivery, copy: Copy): Promise<DeliveryOutcome> => {
    const attempt = await inFlight.run(async (signal) => {
      const [at, ahead] = [clock.now(), clock.ahead()]
      const result = await postDelivery(delivery, copy, { post, allowRemote, signal })
      // The clock may have been moved in the meantime.
      const tookMs = clock.now().getTime() - clock.ahead() - (at.getTime() - ahead)
      return { at, tookMs, ...result }
    })
    delivery.attempts.push(attempt)
    changed()
    const { outcome } = attempt
    if (outcome.accepted && delivery.status === null) {
      delivery.status = outcome.status
      delivery.onStatus(outcome.status)
      await endWait(delivery)
    }
    return outcome
  }

import { memoryStore, type PaymentEvent, type Store, systemRuntime } from '@railswitch/core'
import { createPayments } from '../../create-payments.ts'
import type { Payments } from '../../payments.ts'
import type { RailConfig } from '../../config/payments-config.ts'
import { callbackBase, listen, perform } from './application.ts'
import { holdResponses } from './held-responses.ts'
import type { Action, History, Schedule } from './history.ts'
import { scheduleMail, turn } from './scheduled-deliveries.ts'
import type { Happening, VendorModel } from './vendor-model.ts'

/** A rail with a new vendor for each play. */
export interface PlayedRail {
  readonly config: RailConfig
  readonly open: (now: () => Date) => VendorModel
}

/** The state after everything has arrived and nothing fails any more. */
export interface Played {
  readonly payments: Payments<void>
  readonly store: Store<void>
  readonly vendor: VendorModel
  /** The events that the handlers handled. */
  readonly handled: readonly PaymentEvent[]
  /** The application's steps that reached the vendor, by their position. */
  readonly sent: ReadonlySet<number>
}

/** Delayed work: the response to a call, or an import. `until`: no call takes longer. */
interface Late {
  readonly from: number
  readonly until: number
  readonly come: () => Promise<unknown>
}

const start = Date.parse('2026-01-05T10:00:00.000Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Another process may still handle a recent report, so it is resolved a minute later. */
const underwayMs = 2 * minute
const longestCallMs = 30_000
/** The largest number of notifications that are delivered early to a call that waits for them. */
const mostEarly = 20

/** Plays a history with a virtual clock. `only`: the application's steps to execute. */
export const play = async (
  rail: PlayedRail,
  { steps, reserved, recovered }: History,
  schedule: Schedule,
  only?: ReadonlySet<number>,
): Promise<Played> => {
  let time = start
  const now = () => new Date(time)
  const vendor = rail.open(now)
  const handled: PaymentEvent[] = []
  const sent = new Set<number>()
  const wire = holdResponses(vendor.transport)
  let calls = 0
  let mayFail = true
  const onEvent = (event: PaymentEvent): void => {
    if (schedule.failing.includes(calls++) && mayFail) throw new Error('the handler fails')
    handled.push(event)
  }
  const store = memoryStore({ runtime: { ...systemRuntime, now } })
  const payments = createPayments<void>({
    logger: false,
    active: 'v',
    providers: { v: rail.config },
    store,
    statement: 'SHOP',
    callbacks: { url: callbackBase, secrets: ['callback-secret-of-32-characters-x'] },
    transport: wire.transport,
    clock: now,
  })
  listen(payments, onEvent, { reserved, recovered })
  const mail = scheduleMail(payments, vendor, schedule)
  let late: readonly Late[] = []
  const comeLate = async (isDue: (one: Late) => boolean): Promise<void> => {
    const due = late.filter(isDue)
    late = late.filter((one) => !due.includes(one))
    for (const { come } of due) await come()
  }

  for (const [index, { after, ...step }] of steps.entries()) {
    await comeLate(({ until }) => until < time + after * 1000)
    time += after * 1000
    if ('what' in step) happen(step)
    else if (!only || only.has(index)) await act(index, step)
    await mail.deliverDue(index)
    await comeLate(({ from }) => from <= index)
    if (schedule.syncs.includes(index)) await payments.sync()
  }
  await comeLate(() => true)
  await mail.deliverAll()
  mayFail = false
  for (const ms of [2 * minute, 2 * hour, 20 * day]) {
    time += ms
    await mail.deliverAll()
    time += underwayMs
    await payments.sync()
  }
  await mail.deliverAll()
  return { payments, store, vendor, handled, sent }

  function happen(happening: Happening): void {
    const subject = 'refund' in happening ? happening.refund : happening.of
    const begun = steps.findIndex((step) => 'does' in step && step.name === subject)
    if (sent.has(begun)) vendor.happen(happening)
  }

  async function act(index: number, action: Action): Promise<void> {
    const from = index + turn(schedule.late, index)
    if (action.does === 'import') {
      sent.add(index)
      const come = () => perform(payments, vendor, action)
      if (from > index) late = [...late, { from, until: Number.POSITIVE_INFINITY, come }]
      else await come()
      return
    }
    for (let early = 0; early < mostEarly; early += 1) {
      const before = wire.count()
      const held = from > index ? wire.holdNext() : null
      const done = perform(payments, vendor, action)
      const outcome = await (held ? Promise.race([held.reached, done]) : done)
      const isSent = outcome === 'reached' || wire.count() > before || action.does === 'begin elsewhere'
      if (isSent) sent.add(index)
      if (held && outcome === 'reached') {
        const come = () => {
          held.release()
          return done
        }
        late = [...late, { from, until: time + longestCallMs, come }]
        return
      }
      held?.release()
      if (isSent) return
      // The application waits for the reports that the call needs.
      if (late.length > 0) await comeLate(() => true)
      else await mail.deliverEarly(early)
    }
  }
}

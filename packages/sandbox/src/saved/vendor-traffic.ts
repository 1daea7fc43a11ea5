import type { CallLog } from '../calls/call-log.ts'
import type { RecordedCall } from '../calls/recorded-call.ts'
import type { DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { Holds } from '../delivery/held-deliveries.ts'

/** A vendor's newest calls, and which of its callbacks are held, as they are saved. */
export interface VendorTraffic<Logged> {
  readonly calls: ReadonlyArray<RecordedCall<Logged>>
  readonly holds: Holds
}

interface Kept<Logged> {
  readonly calls: CallLog<Logged>
  readonly deliveries: Pick<DeliveryQueue, 'hold' | 'holds'>
}

// Each call is saved with its whole request and response.
const savedCalls = 1_000

/** `isKnown` says whether the sandbox still has the payment of a hold. */
export const saveTraffic = <Logged>(
  { calls, deliveries }: Kept<Logged>,
  isKnown: (payment: string) => boolean,
): VendorTraffic<Logged> => {
  const { all, subjects } = deliveries.holds()
  return { calls: calls.all.values().slice(-savedCalls), holds: { all, subjects: subjects.filter(isKnown) } }
}

/** Comes before the deliveries are restored: those of a held payment wait. */
export const restoreTraffic = <Logged>(
  { calls, deliveries }: Kept<Logged>,
  { calls: saved, holds }: VendorTraffic<Logged>,
): void => {
  for (const call of saved) calls.restore(call)
  if (holds.all) deliveries.hold()
  for (const subject of holds.subjects) deliveries.hold(subject)
}

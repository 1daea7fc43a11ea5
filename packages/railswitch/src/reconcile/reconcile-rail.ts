import {
  type Booking,
  type Days,
  type Either,
  type FoundReport,
  hourMs,
  isLeft,
  longestCallMs,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  providerFailed,
  type Reconciliation,
  reportError,
  withTimeoutSignal,
} from '@railswitch/core'
import { ofRail, recordFound } from '../sync/look-up.ts'
import type { SyncContext } from '../sync/sync-step.ts'

/** What was compared on one rail. */
export interface RailReconciliation {
  readonly rail: string
  /** Bookings that the vendor listed. */
  readonly listed: number
  /** Reports that the store did not contain. Their events are handled like those of callbacks. */
  readonly recorded: number
  /** Bookings of payments that are not in the store: another program uses the account, or data was lost. Nothing is stored of them. */
  readonly unowned: readonly Booking[]
  /** Lists and bookings that could not be compared; the log contains each error. */
  readonly failed: number
}

export type ReconcileContext<Tx> = Pick<
  SyncContext<Tx>,
  'rails' | 'rules' | 'store' | 'pipeline' | 'logger' | 'onError' | 'telemetry' | 'isClosed' | 'now' | 'after'
>

/** A rail whose vendor lists its bookings. */
export interface ListingRail {
  readonly rail: string
  readonly provider: PaymentProvider
  readonly reconciliation: Reconciliation
}

/** All lists of a long period together. */
const longestListingMs = hourMs

/** Compares one rail. What fails does not prevent the rest. */
export const reconcileRail = async <Tx>(
  context: ReconcileContext<Tx>,
  listing: ListingRail,
  days: Days,
): Promise<RailReconciliation> => {
  const { rail } = listing
  const { bookings, failed } = await listBookings(context, listing, days)
  const unowned: Booking[] = []
  const sum = { rail, listed: 0, recorded: 0, failed }
  for (const booking of bookings) {
    const compared = context.isClosed() ? 'failed' : await compareBooking(context, listing, booking)
    sum.listed += booking.bookedAt.length
    if (compared === 'failed') sum.failed += 1
    else if (compared === 'unowned') unowned.push(booking)
    else sum.recorded += compared.recorded
  }
  return { ...sum, unowned }
}

/** `failed`: how many lists failed. */
const listBookings = async <Tx>(
  context: ReconcileContext<Tx>,
  { rail, provider, reconciliation }: ListingRail,
  days: Days,
): Promise<{ readonly bookings: readonly Booking[]; readonly failed: number }> => {
  try {
    const listed = await withTimeoutSignal(context, longestListingMs, async (signal) =>
      reconciliation.list(days, signal)(),
    )
    const errors = isLeft(listed) ? [listed.left] : listed.right.failed
    for (const { code, message: reason } of errors)
      context.logger.warn({ rail, ...days, code, reason }, 'reconciliation: a list failed')
    return { bookings: isLeft(listed) ? [] : listed.right.bookings, failed: errors.length }
  } catch (error) {
    const failure = providerFailed(provider.id, error)
    reportError(context, failure, { during: 'reconcile', message: 'reconciliation: the lists failed', rail, ...days })
    return { bookings: [], failed: 1 }
  }
}

type Compared = 'failed' | 'unowned' | { readonly recorded: number }

const compareBooking = async <Tx>(
  context: ReconcileContext<Tx>,
  listing: ListingRail,
  booking: Booking,
): Promise<Compared> => {
  const { rail } = listing
  const { vendorId, merchantReference } = booking
  try {
    const record = await context.store.findByVendorId({ rail, vendorId, merchantReference })
    if (!record) return 'unowned'
    const own = ofRail(record, rail)
    const found = await lookUpBooking(context, listing, own, booking)
    if (isLeft(found)) {
      const { code, message: reason } = found.left
      context.logger.warn({ rail, vendorId, code, reason }, 'reconciliation: the look-up of a booking failed')
      return 'failed'
    }
    const stored = new Set(own.reports.map(({ id }) => id))
    return await recordAll(
      context,
      rail,
      found.right.filter(({ report }) => !stored.has(report.id)),
    )
  } catch (error) {
    const message = 'reconciliation: a booking was not compared'
    reportError(context, error, { during: 'reconcile', message, rail, vendorId })
    return 'failed'
  }
}

const lookUpBooking = <Tx>(
  context: ReconcileContext<Tx>,
  { provider, reconciliation }: ListingRail,
  record: PaymentRecord,
  booking: Booking,
): Promise<Either<PaymentError, readonly FoundReport[]>> =>
  withTimeoutSignal(context, longestCallMs, async (signal) => reconciliation.lookUp(record, booking, signal)()).catch(
    (error: unknown) => {
      throw providerFailed(provider.id, error)
    },
  )

const recordAll = async <Tx>(
  context: ReconcileContext<Tx>,
  rail: string,
  found: readonly FoundReport[],
): Promise<Compared> => {
  let isStored = true
  for (const one of found) if ((await recordFound(context, rail, one, 'lookup')) === 'not_stored') isStored = false
  return isStored ? { recorded: found.length } : 'failed'
}

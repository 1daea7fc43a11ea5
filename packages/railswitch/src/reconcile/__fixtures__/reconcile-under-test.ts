import {
  type Booking,
  type FoundReport,
  PaymentError,
  type PaymentProvider,
  type Reconciliation,
  right,
  systemRuntime,
} from '@railswitch/core'
import {
  type Clock,
  clockOf,
  intentOf,
  pipelineUnderTest,
  storeOf,
} from '../../../../callbacks/src/__fixtures__/pipeline-under-test.ts'
import { reportOf, vendorOf } from '../../../../callbacks/src/__fixtures__/vendor.ts'
import { createTelemetry } from '../../telemetry/telemetry.ts'
import { createReconcile } from '../reconcile.ts'

export const unreachable = new PaymentError({
  code: 'unreachable',
  effect: 'not_sent',
  retry: 'same_attempt',
  message: 'unreachable',
  hint: 'none',
})

export const booking = (vendorId: string, more: Partial<Booking> = {}): Booking => ({
  vendorId,
  merchantReference: null,
  method: 'debit',
  money: { value: '30.00', currency: 'SEK' },
  bookedAt: ['today'],
  ...more,
})

/** A vendor that lists these bookings. Each has one report, named after it. */
export const listing = (bookings: readonly Booking[], failed: readonly PaymentError[] = []) => {
  const asked: string[] = []
  const reconciliation: Reconciliation = {
    list:
      ({ from, to }) =>
      async () => {
        asked.push(`${from} to ${to}`)
        return right({ bookings, failed })
      },
    lookUp:
      (record, { vendorId, money }) =>
      async () => {
        const intent = record.intents[0] && `rs1.r.deposit.${record.intents[0].intent.reference}.1`
        const found: FoundReport = {
          report: reportOf({ id: `b-${vendorId}`, order: vendorId, method: 'debit', amount: money?.value ?? '' }),
          intent: intent as FoundReport['intent'],
          learns: false,
        }
        return right([found])
      },
  }
  return { asked, reconciliation }
}

interface UnderTest {
  readonly rails: Readonly<Record<string, Partial<PaymentProvider>>>
  readonly clock?: Clock
  readonly isClosed?: () => boolean
}

/** A shop with a credited deposit, order-1, whose vendor id is v-1. */
export const shop = async ({ rails: given, clock = clockOf(), isClosed = () => false }: UnderTest) => {
  const rails = new Map(Object.entries(given).map(([rail, options]) => [rail, vendorOf(options)]))
  const working = storeOf(clock)
  const failing = new Set<string>()
  const store: typeof working = {
    ...working,
    claim: (...given) => (failing.has('claim') ? Promise.reject(new Error('away')) : working.claim(...given)),
    findByVendorId: (one) =>
      failing.has(one.vendorId) ? Promise.reject(new Error('away')) : working.findByVendorId(one),
  }
  const running = pipelineUnderTest({ rails, clock, store })
  await running.begin(intentOf('order-1'), 'started', 'v-1')
  await running.send({ id: 'paid', order: 'v-1', method: 'credit' })
  const now = () => new Date(clock.at)
  const context = { ...running, ...systemRuntime, now, telemetry: createTelemetry(now), isClosed }
  return { ...running, failing, reconcile: createReconcile<void>(context) }
}

export { intentOf, vendorOf }

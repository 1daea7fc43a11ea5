import type { ChaosTarget } from '../chaos/chaos-target.ts'
import { createVendorChaos } from '../chaos/vendor-chaos.ts'
import { createDeliveryQueue, type DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { Environment } from '../environment.ts'
import type { PayablAssumptions } from './assumptions/assumptions.ts'
import { createPayablWireVariants } from './chaos/wire-variants.ts'
import { createPayablTimeout } from './checkout/payabl-checkout.ts'
import { createLifeCycle, type LifeCycle } from './lifecycle/life-cycle.ts'
import { createSimulatedEvents } from './lifecycle/simulated-events.ts'
import { createNotifier } from './notifications/notifier.ts'
import { createLedger, type Ledger } from './state/ledger.ts'
import type { Account } from './state/merchant.ts'
import { createNotificationCopies } from './stranger/notification-copy.ts'

interface Options {
  readonly assumptions: PayablAssumptions
  readonly firstTransactionId: number
  readonly redeliverAfterMs: readonly number[]
  readonly allowRemote: boolean
  readonly stranger: Account
  /** The address of the checkout pages, with the slash before the session. */
  readonly checkoutUrl: string
}

/** Creates the parts of the vendor and connects them. */
export const createEngine = ({ clock, chaos, platform, changes, longest }: Environment, options: Options) => {
  const { assumptions, redeliverAfterMs, allowRemote, checkoutUrl } = options
  const inactivity = createPayablTimeout(clock, (payment) => lifeCycle.abort(payment, assumptions.expiryErrorcode))
  const ledger = createLedger({
    firstTransactionId: options.firstTransactionId,
    random: platform.random,
    longest: longest.payments,
    changed: changes.note,
  })
  const target = createChaosTarget(ledger, {
    lifeCycle: () => lifeCycle,
    deliveries: () => deliveries,
    strangerCallback: (callback) => copyNotification(callback),
  })
  const variants = createPayablWireVariants((transactionId) => ledger.find(transactionId)?.payment.account.secret)
  const vendorChaos = createVendorChaos({ vendor: 'payabl', chaos, clock, variants, target })
  const deliveries = createDeliveryQueue({
    clock,
    post: platform.post,
    redeliverAfterMs,
    allowRemote,
    vendorChaos,
    changed: changes.note,
  })
  const notifier = createNotifier({ assumptions, clock, deliveries, longest: longest.messages })
  const lifeCycle = createLifeCycle({ ledger, notifier, assumptions, clock })
  const context = { ledger, lifeCycle, notifier, assumptions, checkoutUrl, now: clock.now }
  const events = createSimulatedEvents({ ledger, lifeCycle, notifier, deliveries })
  const copyNotification = createNotificationCopies({ ...context, account: options.stranger })
  return { context, deliveries, events, inactivity, vendorChaos }
}

// Chaos needs the parts that are created after it.
interface LateParts {
  readonly lifeCycle: () => LifeCycle
  readonly deliveries: () => DeliveryQueue
  readonly strangerCallback: ChaosTarget['strangerCallback']
}

const createChaosTarget = (ledger: Ledger, { lifeCycle, deliveries, strangerCallback }: LateParts): ChaosTarget => {
  const paymentOf = (paymentId: string) => {
    const payment = ledger.findPayment(paymentId)
    if (!payment) throw new Error(`There is no payment ${paymentId}.`)
    return payment
  }
  return {
    subjectOf: (response) => ledger.find(new URLSearchParams(response).get('transactionid') ?? '')?.payment.paymentId,
    pay: (paymentId) => lifeCycle().credit(paymentOf(paymentId)),
    chargeBack: (paymentId) => lifeCycle().chargeBack(paymentOf(paymentId)),
    failPayout: (paymentId) => paymentOf(paymentId).transactions.map((payout) => lifeCycle().failPayout(payout)),
    attempted: (paymentId) => deliveries().attempted(paymentId),
    strangerCallback,
  }
}

import type { ChaosTarget } from '../chaos/chaos-target.ts'
import { createVendorChaos } from '../chaos/vendor-chaos.ts'
import { watchNewOrders } from '../checkout/inactivity-timeout.ts'
import { createDeliveryQueue, type DeliveryQueue } from '../delivery/delivery-queue.ts'
import type { Environment } from '../environment.ts'
import { createTrustlyWireVariants } from './chaos/wire-variants.ts'
import { createTrustlyTimeout } from './checkout/trustly-checkout.ts'
import { createCustomer } from './lifecycle/customer.ts'
import { createMandateEvents } from './lifecycle/mandate-events.ts'
import { createMoneyIn } from './lifecycle/money-in.ts'
import { createMoneyOut } from './lifecycle/money-out.ts'
import { createSimulatedEvents, type TrustlySimulatedEvents } from './lifecycle/simulated-events.ts'
import { createWithdrawals } from './lifecycle/withdrawals.ts'
import { createNotifier } from './notifications/notifier.ts'
import type { Hash, Signatures, SignMessage } from './signing/signature.ts'
import { createBankAccounts } from './state/bank-accounts.ts'
import { createLedger } from './state/ledger.ts'
import type { Account } from './state/merchant.ts'
import { createNotificationCopies } from './stranger/notification-copy.ts'

interface Options {
  readonly sign: SignMessage
  readonly verify: Signatures['verify']
  readonly answerHash: 'mirror' | Hash
  readonly redeliverAfterMs: readonly number[]
  readonly allowRemote: boolean
  readonly stranger: Account
  /** The address of the checkout pages, with the slash before the session. */
  readonly checkoutUrl: string
}

/** Creates the parts of the vendor and connects them. */
export const createEngine = ({ clock, chaos, platform, changes, longest }: Environment, options: Options) => {
  const { sign, verify, answerHash, redeliverAfterMs, allowRemote, checkoutUrl } = options
  const { random, post } = platform
  const { now } = clock
  const inactivity = createTrustlyTimeout(clock, (order) => moneyIn.cancel(order))
  const ledger = watchNewOrders(
    createLedger({ now, random, longest: longest.payments, changed: changes.note }),
    inactivity,
  )
  const bankAccounts = createBankAccounts()
  const target = createChaosTarget({
    events: () => events,
    deliveries: () => deliveries,
    strangerCallback: (callback) => copyNotification(callback),
  })
  const variants = createTrustlyWireVariants({ sign, random })
  const vendorChaos = createVendorChaos({ vendor: 'trustly', chaos, clock, variants, target })
  const deliveries = createDeliveryQueue({
    clock,
    post,
    redeliverAfterMs,
    allowRemote,
    vendorChaos,
    changed: changes.note,
  })
  const notifier = createNotifier({ sign, verify, random, answerHash, clock, deliveries, longest: longest.messages })
  const moneyIn = createMoneyIn({ ledger, notifier, now })
  const moneyOut = createMoneyOut({ ledger, notifier, now })
  const withdrawals = createWithdrawals({ moneyIn, moneyOut, notifier })
  const mandates = createMandateEvents({ ledger, bankAccounts, notifier, moneyIn })
  const context = { ledger, bankAccounts, mandates, moneyIn, moneyOut, withdrawals, notifier, checkoutUrl, now }
  const events = createSimulatedEvents({ ...context, customer: createCustomer(context), deliveries })
  const copyNotification = createNotificationCopies({ ...context, account: options.stranger })
  return { context, deliveries, events, inactivity, vendorChaos }
}

// Chaos needs the parts that are created after it.
interface LateParts {
  readonly events: () => TrustlySimulatedEvents
  readonly deliveries: () => DeliveryQueue
  readonly strangerCallback: ChaosTarget['strangerCallback']
}

const createChaosTarget = ({ events, deliveries, strangerCallback }: LateParts): ChaosTarget => ({
  subjectOf: (response) => JSON.parse(response).result?.data?.orderid,
  pay: (orderId) => events().complete(orderId, { notify: ['credit'] }),
  chargeBack: (orderId) => events().debit(orderId),
  failPayout: (orderId) => events().failPayout(orderId),
  attempted: (orderId) => deliveries().attempted(orderId),
  strangerCallback,
})

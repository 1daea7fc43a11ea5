import {
  axiosTransport,
  type CallbackRequest,
  type Either,
  isLeft,
  left,
  type PaymentError,
  type PaymentProvider,
  type ProviderDefinition,
  type Runtime,
  right,
  type Transport,
  type VerifiedCallback,
} from '@railswitch/core/provider'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { verifyNotification } from './callbacks/notification.ts'
import { merchantReferenceOf, toReport } from './callbacks/report.ts'
import { capabilities } from './capabilities.ts'
import { createClient, type MeridianQueries } from './client/client.ts'
import { type Config, readConfig } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { lookUp } from './look-up/look-up.ts'
import { startDeposit } from './operations/deposit.ts'
import { startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'
import { requirements } from './operations/requirements.ts'

declare module '@railswitch/core/provider' {
  interface NativeClients {
    readonly meridian: MeridianQueries
  }
}

export interface ProviderDependencies {
  readonly config: Config
  readonly transport: Transport
  readonly runtime: Runtime
}

const dayMs = 86_400_000

/** Approved money that has not arrived fails after five days, and refunds can come back for ten. Both with a day of tolerance. */
const finalReportMs = 6 * dayMs
const refundWindowMs = 11 * dayMs

const createProvider = ({ config, transport, runtime }: ProviderDependencies): PaymentProvider => {
  const client = createClient({ config, transport, runtime })
  const { payin, payins, refund, refunds, payout, payouts } = client
  return {
    id: 'meridian',
    capabilities,
    transactions: 'one',
    replays: true,
    questions: {},
    finalReportMs,
    refundWindowMs,
    requirements,
    operations: {
      deposit: startDeposit(client),
      refund: startRefund(client, runtime),
      payout: startPayout(client, runtime),
    },
    interpret,
    lookUp: lookUp(client, runtime),
    native: { payin, payins, refund, refunds, payout, payouts } satisfies MeridianQueries,
    verifyCallback: (delivery) => verifyCallback(delivery, config, runtime),
  }
}

const verifyCallback = (
  delivery: CallbackRequest,
  { secrets }: Config,
  { now }: Runtime,
): Either<PaymentError, VerifiedCallback> => {
  const verified = verifyNotification(delivery, secrets)
  if (isLeft(verified)) return verified
  const notification = verified.right
  const customer = customerDetails(notification)
  return right({
    report: toReport(notification, now()),
    merchantReference: merchantReferenceOf(notification),
    signs: 'everything',
    isQuestion: false,
    ...(customer && { customer }),
    acknowledge,
  })
}

/** The provider of Meridian, as `use` of a rail. */
export const meridian: ProviderDefinition = {
  use: 'meridian',
  variables: { ENVIRONMENT: 'environment', API_KEY: 'apiKey', SECRET: 'secret', URL: 'url' },
  create: (options, { transport = axiosTransport(), runtime }) => {
    const config = readConfig(options)
    return isLeft(config) ? left(config.left) : right(createProvider({ config: config.right, transport, runtime }))
  },
}

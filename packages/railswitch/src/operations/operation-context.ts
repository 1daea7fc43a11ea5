import type { HandlerRegistry, Tokens } from '@railswitch/callbacks'
import type { Intent, PaymentRecord, Telemetry } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** The parts that every operation uses. */
export interface OperationContext<Tx> {
  readonly config: ReadyConfig<Tx>
  readonly telemetry: Telemetry
  readonly handlers: HandlerRegistry<Tx>
  readonly tokens: Tokens
}

/** An intent before the settings of the configuration are added. */
export type IntentDraft = Omit<Intent, 'settings'>

/** The parts of a request that are not in its input. */
export interface RequestExtras {
  /** For a payout, a charge or an imported mandate: the payment whose account is used. */
  readonly source?: PaymentRecord
  /** For a call that is repeated from the stored intent: the fingerprint of the first call. */
  readonly fingerprint?: string
  /** The vendor's id of the account of the mandate that is charged or paid. */
  readonly account?: string
}

/** Whether a call sends money out. It must not be sent again under another key if the vendor may have executed it. */
export const movesMoneyOut = ({ kind }: Pick<Intent, 'kind'>): boolean => kind === 'refund' || kind === 'payout'

/** Whether a lost response is the value `unknown` instead of an error, because no customer waits for the result. */
export const endsUnknown = (intent: Intent): boolean => movesMoneyOut(intent) || isWithoutCustomer(intent)

/** A charge, or an imported mandate. */
const isWithoutCustomer = ({ kind, account }: Intent): boolean =>
  (kind === 'deposit' || kind === 'mandate') && account !== undefined

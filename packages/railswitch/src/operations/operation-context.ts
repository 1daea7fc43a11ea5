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

/** What belongs to a request beside its input. */
export interface RequestExtras {
  /** Of a payout or a charge: the payment whose account is paid or charged. */
  readonly source?: PaymentRecord
  /** Of a call that is repeated from what was stored: the fingerprint of the first call. */
  readonly fingerprint?: string
}

/** Money out must never be requested again under another key once the vendor may have sent it. */
export const movesMoneyOut = ({ kind }: Pick<Intent, 'kind'>): boolean => kind === 'refund' || kind === 'payout'

/** No customer waits for the result, so a lost response is the value `unknown` and not an error. */
export const endsUnknown = (intent: Intent): boolean => movesMoneyOut(intent) || isCharge(intent)

const isCharge = ({ kind, account }: Intent): boolean => kind === 'deposit' && account !== undefined

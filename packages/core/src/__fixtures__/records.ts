import type { Conclusion, Intent, RecordedIntent } from '../record/intent.ts'
import type { Money } from '../values/money.ts'
import { PaymentError } from '../errors/payment-error.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { emptyRecord, type PaymentRecord } from '../record/payment-record.ts'
import type { Report } from '../record/report.ts'

export const sek = (value: string): Money => ({ value, currency: 'SEK' })

export const refOf = ({ intent }: RecordedIntent): PaymentRef => paymentRef(intent)

export const started = (intent: Intent): Conclusion => ({
  state: 'started',
  result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
})
export const accepted = (intent: Intent): Conclusion => ({
  state: 'accepted',
  result: { status: 'accepted', payment: paymentRef(intent) },
})
export const unknown = (intent: Intent): Conclusion => ({
  state: 'unknown',
  result: { status: 'unknown', payment: paymentRef(intent), resolveBy: 'lookup', notBefore: '2026-01-01T00:00:00.000Z' },
})
export const refused = (): Conclusion => ({
  state: 'refused',
  error: new PaymentError({
    code: 'declined',
    effect: 'refused',
    retry: 'next_attempt',
    message: 'No.',
    hint: 'Ask for less.',
  }).toJSON(),
})

interface Recording {
  readonly rail?: string
  readonly attempt?: number
  readonly value?: string
  readonly begunAt?: string
  readonly conclude?: (intent: Intent) => Conclusion | null
}

const recordedAs = (
  kind: Intent['kind'],
  reference: string,
  { rail = 'bank', attempt = 1, value = '100.00', begunAt = '2026-01-01T00:00:00.000Z', conclude }: Recording,
  more: Pick<Intent, 'of' | 'account'> = {},
): RecordedIntent => {
  const settings = { callbackUrl: `https://shop.example/callbacks/${rail}/token` }
  const intent: Intent = { kind, rail, reference, attempt, expect: sek(value), settings, ...more }
  const sent = kind === 'deposit' || kind === 'withdrawal' || kind === 'account' || kind === 'mandate' ? started : accepted
  const conclusion = (conclude ?? sent)(intent)
  return { intent, fingerprint: 'f', begunAt, resumed: false, conclusion, vendorIds: [] }
}

/** The deposit `order-1`. Default: 100.00 SEK on the rail `bank`. */
export const deposit = (recording: Recording & { readonly account?: PaymentRef } = {}): RecordedIntent =>
  recordedAs('deposit', 'order-1', recording, recording.account && { account: recording.account })

export const depositRef = refOf(deposit())

/** A refund of `order-1`. Default: 30.00 SEK. */
export const refund = (
  reference: string,
  { of = depositRef, ...recording }: Recording & { readonly of?: PaymentRef } = {},
): RecordedIntent =>
  recordedAs('refund', reference, { value: '30.00', begunAt: '2026-01-03T00:00:00.000Z', ...recording }, { of })

export const payout = (recording: Recording & { readonly account?: PaymentRef } = {}): RecordedIntent =>
  recordedAs('payout', 'out-1', recording, recording.account && { account: recording.account })

export const withdrawal = (recording: Recording = {}): RecordedIntent => recordedAs('withdrawal', 'out-1', recording)

export const account = (recording: Recording = {}): RecordedIntent => {
  const recorded = recordedAs('account', 'account-1', recording)
  return { ...recorded, intent: { ...recorded.intent, expect: { value: '0', currency: 'XXX' } } }
}

export const mandate = ({ account: from, ...recording }: Recording & { readonly account?: PaymentRef } = {}): RecordedIntent => {
  const recorded = recordedAs('mandate', 'mandate-1', recording, from && { account: from })
  return { ...recorded, intent: { ...recorded.intent, expect: { value: '0', currency: 'XXX' } } }
}

/** A report about `order-1`. Default: its proof is a signature. */
export const report = (id: string, method: string, more: Partial<Report> = {}): Report => ({
  id,
  at: '2026-01-02T00:00:00.000Z',
  rail: 'bank',
  vendorId: 'tx-1',
  method,
  members: {},
  proof: 'signature',
  intent: depositRef,
  ...more,
})

export const recordOf = (intents: readonly RecordedIntent[], more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  ...emptyRecord,
  key: 'record-1',
  intents,
  ...more,
})

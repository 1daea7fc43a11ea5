import { type Intent, type Observation, type PaymentRef, paymentRef, type RecordedIntent, type Thread } from '@railswitch/core'

const eur = (value: string) => ({ value, currency: 'EUR' })

/** A deposit of 10.00 EUR whose checkout was opened as transaction 104900001. */
export const depositRecord = (more: Partial<Intent> = {}, vendorIds: readonly string[] = ['104900001']) =>
  record({ kind: 'deposit', reference: 'trustly-0001', expect: eur('10.00'), ...more }, vendorIds)

/** A refund of it, by its reference. */
export const refundRecord = (reference: string, value: string, vendorIds: readonly string[] = []) =>
  record({ kind: 'refund', reference, expect: eur(value), of: depositRef }, vendorIds)

export const record = (
  more: Pick<Intent, 'kind' | 'reference' | 'expect'> & Partial<Intent>,
  vendorIds: readonly string[],
): RecordedIntent => ({
  intent: { rail: 'p', attempt: 1, settings: { callbackUrl: 'https://shop.example/payabl/notify' }, ...more },
  fingerprint: 'f',
  begunAt: '2026-11-20T09:20:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds,
})

export const depositRef: PaymentRef = paymentRef({ rail: 'p', kind: 'deposit', reference: 'trustly-0001', attempt: 1 })

/** What a callback said of the deposit before. */
export const said = (fact: Observation['fact'], more: Partial<Observation> = {}): Observation => ({
  id: `${fact.type}|${more.vendorId ?? '104900001'}`,
  at: '2026-11-20T09:25:00.000Z',
  source: 'callback',
  vendorId: '104900001',
  trust: 'bound',
  subject: depositRef,
  fact,
  word: { method: 'capture' },
  ...more,
})

export const credited = (vendorId = '104900001'): Observation =>
  said({ type: 'deposit.credited', amount: eur('10.00') }, { vendorId })

export const threadOf = (intents: readonly RecordedIntent[], observations: readonly Observation[] = []): Thread => ({
  intents,
  observations,
})

export const callOf = ({ intent }: RecordedIntent, thread: Thread) => ({
  intent,
  thread,
  callbackUrl: intent.settings.callbackUrl,
  resumed: false,
  signal: new AbortController().signal,
})

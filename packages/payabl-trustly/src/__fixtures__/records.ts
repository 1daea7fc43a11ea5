import { type OperationCall, deriveRecord, emptyRecord, type Fact, type Intent, type Money, type PaymentRecord, type PaymentRef, paymentRef, type RecordedIntent, type Report } from '@railswitch/core/provider'
import type { Notification } from '../callbacks/notification.ts'
import { toReport } from '../callbacks/report.ts'
import { interpret } from '../interpret/interpret.ts'

export const eur = (value: string): Money => ({ value, currency: 'EUR' })

/** A deposit of 10.00 EUR whose checkout was opened as transaction 104900001. */
export const depositIntent = (more: Partial<Intent> = {}, vendorIds: readonly string[] = ['104900001']) =>
  recorded({ kind: 'deposit', reference: 'trustly-0001', expect: eur('10.00'), ...more }, vendorIds)

/** A refund of it, by its reference. */
export const refundIntent = (reference: string, value: string, vendorIds: readonly string[] = []) =>
  recorded({ kind: 'refund', reference, expect: eur(value), of: depositRef }, vendorIds)

/** A payout of 25.00 EUR. */
export const payoutIntent = (vendorIds: readonly string[] = [], more: Partial<RecordedIntent> = {}): RecordedIntent => ({
  ...recorded({ kind: 'payout', reference: 'payout-0001', expect: eur('25.00') }, vendorIds),
  ...more,
})

export const recorded = (
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
export const payoutRef: PaymentRef = paymentRef({ rail: 'p', kind: 'payout', reference: 'payout-0001', attempt: 1 })

/** Unix seconds of `2026-11-20T09:25:00Z`, when the customer pays, and so many minutes later. */
export const secondsAfter = (minutes: number): string => String(Date.parse('2026-11-20T09:25:00Z') / 1000 + minutes * 60)

export const notification = (more: Partial<Notification> = {}): Notification => ({
  transactionid: '104900001',
  type: 'capture',
  errorcode: '0',
  timestamp: secondsAfter(0),
  security: '0'.repeat(64),
  amount: '10.00',
  currency: 'EUR',
  orderid: 'trustly-0001',
  ...more,
})

/** A callback of the deposit that came with its token, unless `about` says otherwise. */
export const callback = (
  more: Partial<Notification> = {},
  { intent = depositRef, proof = 'token', rail = 'p' }: Partial<Pick<Report, 'intent' | 'proof' | 'rail'>> = {},
): Report => ({ ...toReport(notification(more)), rail, proof, intent })

export const unproven = (more: Partial<Notification> = {}, intent: PaymentRef | null = depositRef): Report =>
  callback(more, { intent, proof: 'unproven' })

export const credited = (transactionid = '104900001'): Report => callback({ transactionid, payment_state: 'credited' })

/** What a look-up, a person or the passing of time left. */
export const report = (more: Partial<Report> & Pick<Report, 'method'>): Report => ({
  id: [more.method, more.vendorId, more.at, JSON.stringify(more.members ?? {})].join('|'),
  at: '2026-11-20T10:00:00.000Z',
  rail: 'p',
  vendorId: '104900001',
  members: {},
  proof: 'lookup',
  intent: depositRef,
  ...more,
})

export const recordOf = (intents: readonly RecordedIntent[], reports: readonly Report[] = []): PaymentRecord => ({
  ...emptyRecord,
  intents,
  reports,
})

const rails = new Map([['p', { interpret }]])

/** All that core makes of a record. */
export const derived = (record: PaymentRecord) => deriveRecord(record, rails)

/** A fact in few words: type, reason, refund, money, and of how many reports. */
export const words = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) =>
    [
      fact.type,
      ...('reason' in fact ? [fact.reason] : []),
      ...('refund' in fact ? [fact.refund ?? fact.candidates.join('/')] : []),
      ...('amount' in fact && fact.amount ? [fact.amount.value] : []),
      ...('money' in fact && fact.money ? [fact.money.value] : []),
      ...(fact.evidence.length > 1 ? [`(${fact.evidence.length} reports)`] : []),
    ].join(' '),
  )

export const factWords = (record: PaymentRecord): readonly string[] => words(interpret(record))

export const callOf = ({ intent }: RecordedIntent, record: PaymentRecord): OperationCall => ({
  intent,
  record,
  callbackUrl: intent.settings.callbackUrl,
  resumed: false,
  signal: new AbortController().signal,
})

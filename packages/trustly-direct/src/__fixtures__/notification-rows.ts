import type { Fact, FactType, PaymentRef } from '@railswitch/core/provider'

export type RootKind = 'deposit' | 'payout' | 'withdrawal'

/** What a row states of a fact, whose ids and times the test knows. */
export interface StatedFact extends Partial<Omit<Fact, 'type'>> {
  readonly type: FactType
  readonly [member: string]: unknown
}

/** A notification that was reported before: its method, and what is changed in the published sample. */
export interface Earlier {
  readonly method: string
  readonly data?: Readonly<Record<string, string>>
}

/** What one notification means for one kind of payment, beside those before it: the documentation's table too. */
export interface NotificationRow {
  readonly method: string
  readonly kind: RootKind
  /** Completes the method in the documentation: "`credit`, after the first". */
  readonly situation?: string
  readonly before?: readonly Earlier[]
  /** Over the published sample's data. */
  readonly data?: Readonly<Record<string, string>>
  readonly fact: StatedFact
}

export const amount = { value: '49.90', currency: 'EUR' }
export const refundAmount = { value: '10.00', currency: 'EUR' }
const refundData = { amount: '10.00' }
const refundRef = 'rs1.t.refund.refund-1.1' as PaymentRef
const leg = { amount: refundAmount, refund: refundRef, candidates: [refundRef] }
const first: Earlier = { method: 'credit' }
const requested: Earlier = { method: 'debit', data: { amount: '20.00' } }
const account: StatedFact = { type: 'account.received', account: '1234567890', mandate: null }
const kyc: StatedFact = { type: 'kyc.received', abort: null }
const failed: StatedFact = { type: 'payout.failed', amount }
const failedWhole: StatedFact = { type: 'payout.failed', amount: null }
const strange = (reason: 'unexpected_credit' | 'unexpected_payout'): StatedFact => ({ type: 'review', reason })
const unrecognised = (method: string): StatedFact => ({ type: 'unrecognised', method })

/** @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21) */
export const notificationRows: readonly NotificationRow[] = [
  { method: 'pending', kind: 'deposit', fact: { type: 'deposit.not_credited_yet', amount } },
  { method: 'credit', kind: 'deposit', situation: 'the first', fact: { type: 'deposit.credited', amount } },
  {
    method: 'credit',
    kind: 'deposit',
    situation: 'after the first, of the amount of an open refund',
    before: [first],
    data: refundData,
    fact: { type: 'refund.failed', ...leg },
  },
  {
    method: 'credit',
    kind: 'deposit',
    situation: 'after the first, of another amount',
    before: [first],
    fact: strange('unexpected_credit'),
  },
  { method: 'debit', kind: 'deposit', before: [first], fact: { type: 'deposit.reversed', amount } },
  { method: 'cancel', kind: 'deposit', situation: 'before `pending`', fact: { type: 'deposit.not_credited', reason: 'abandoned' } },
  {
    method: 'cancel',
    kind: 'deposit',
    situation: 'after `pending`',
    before: [{ method: 'pending' }],
    fact: { type: 'deposit.not_credited', reason: 'failed' },
  },
  { method: 'account', kind: 'deposit', fact: account },
  { method: 'kyc', kind: 'deposit', fact: kyc },
  {
    method: 'kyc',
    kind: 'deposit',
    situation: 'with `abort`',
    data: { abort: '1', abortmessage: 'underage' },
    fact: { type: 'kyc.received', abort: 'underage' },
  },
  {
    method: 'payoutconfirmation',
    kind: 'deposit',
    situation: 'of the amount of an open refund',
    before: [first],
    data: refundData,
    fact: { type: 'refund.confirmed', ...leg },
  },
  {
    method: 'payoutconfirmation',
    kind: 'deposit',
    situation: 'of another amount: a refund made in the back office',
    before: [first],
    fact: strange('unexpected_payout'),
  },
  {
    method: 'payoutfailed',
    kind: 'deposit',
    situation: 'of the amount of an open refund',
    before: [first],
    data: refundData,
    fact: { type: 'refund.failed', ...leg },
  },
  {
    method: 'payoutfailed',
    kind: 'deposit',
    situation: 'of another amount: a refund made in the back office',
    before: [first],
    fact: strange('unexpected_credit'),
  },
  { method: 'payoutconfirmation', kind: 'payout', fact: { type: 'payout.confirmed', amount } },
  { method: 'payoutfailed', kind: 'payout', fact: failed },
  { method: 'credit', kind: 'payout', fact: failed },
  { method: 'cancel', kind: 'payout', fact: failedWhole },
  { method: 'pending', kind: 'payout', fact: unrecognised('pending') },
  { method: 'debit', kind: 'payout', fact: unrecognised('debit') },
  { method: 'account', kind: 'payout', fact: account },
  { method: 'kyc', kind: 'payout', fact: kyc },
  { method: 'debit', kind: 'withdrawal', fact: { type: 'withdrawal.requested', amount } },
  { method: 'payoutconfirmation', kind: 'withdrawal', fact: { type: 'payout.confirmed', amount } },
  { method: 'payoutfailed', kind: 'withdrawal', fact: failed },
  { method: 'credit', kind: 'withdrawal', fact: failed },
  { method: 'cancel', kind: 'withdrawal', situation: 'before `debit`', fact: failedWhole },
  {
    method: 'cancel',
    kind: 'withdrawal',
    situation: 'after `debit`: of the requested amount',
    before: [requested],
    fact: failedWhole,
  },
  { method: 'pending', kind: 'withdrawal', fact: unrecognised('pending') },
  { method: 'account', kind: 'withdrawal', fact: account },
  { method: 'kyc', kind: 'withdrawal', fact: kyc },
]

import type { Fact, PaymentRef } from '@railswitch/core'

export type RootKind = 'deposit' | 'payout' | 'withdrawal'

/** What one notification means for one kind of payment, given what was told before: the documentation's table too. */
export interface NotificationRow {
  readonly method: string
  readonly kind: RootKind
  /** Completes the method in the documentation: "`credit`, after the first". */
  readonly situation?: string
  readonly before?: readonly Fact[]
  /** Over the published sample's data. */
  readonly data?: Readonly<Record<string, string>>
  readonly fact: Fact
}

export const amount = { value: '49.90', currency: 'EUR' }
export const refundAmount = { value: '10.00', currency: 'EUR' }
const refundData = { amount: '10.00' }
const refundRef = 'rs1.t.refund.refund-1.1' as PaymentRef
const leg = { amount: refundAmount, refund: refundRef, candidates: [refundRef] }
const credited: Fact = { type: 'deposit.credited', amount }
const requested: Fact = { type: 'withdrawal.requested', amount: { value: '20.00', currency: 'EUR' } }
const account: Fact = { type: 'account.received', account: '1234567890' }
const kyc: Fact = { type: 'kyc.received', abort: null }
const failed: Fact = { type: 'payout.failed', amount }
const strange = (reason: 'unexpected_credit' | 'unexpected_payout'): Fact => ({ type: 'unexplained', reason })
const unrecognised = (method: string): Fact => ({ type: 'unrecognised', method })

/** @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21) */
export const notificationRows: readonly NotificationRow[] = [
  { method: 'pending', kind: 'deposit', fact: { type: 'deposit.not_credited_yet', amount } },
  { method: 'credit', kind: 'deposit', situation: 'the first', fact: credited },
  {
    method: 'credit',
    kind: 'deposit',
    situation: 'after the first, of the amount of an open refund',
    before: [credited],
    data: refundData,
    fact: { type: 'refund.failed', ...leg },
  },
  {
    method: 'credit',
    kind: 'deposit',
    situation: 'after the first, of another amount',
    before: [credited],
    fact: strange('unexpected_credit'),
  },
  { method: 'debit', kind: 'deposit', before: [credited], fact: { type: 'deposit.reversed', amount } },
  { method: 'cancel', kind: 'deposit', situation: 'before `pending`', fact: { type: 'deposit.not_credited', reason: 'abandoned' } },
  {
    method: 'cancel',
    kind: 'deposit',
    situation: 'after `pending`',
    before: [{ type: 'deposit.not_credited_yet', amount }],
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
    before: [credited],
    data: refundData,
    fact: { type: 'refund.confirmed', ...leg },
  },
  {
    method: 'payoutconfirmation',
    kind: 'deposit',
    situation: 'of another amount: a refund made in the back office',
    before: [credited],
    fact: strange('unexpected_payout'),
  },
  {
    method: 'payoutfailed',
    kind: 'deposit',
    situation: 'of the amount of an open refund',
    before: [credited],
    data: refundData,
    fact: { type: 'refund.failed', ...leg },
  },
  {
    method: 'payoutfailed',
    kind: 'deposit',
    situation: 'of another amount: a refund made in the back office',
    before: [credited],
    fact: strange('unexpected_credit'),
  },
  { method: 'payoutconfirmation', kind: 'payout', fact: { type: 'payout.confirmed', amount } },
  { method: 'payoutfailed', kind: 'payout', fact: failed },
  { method: 'credit', kind: 'payout', fact: failed },
  { method: 'cancel', kind: 'payout', fact: failed },
  { method: 'pending', kind: 'payout', fact: unrecognised('pending') },
  { method: 'debit', kind: 'payout', fact: unrecognised('debit') },
  { method: 'account', kind: 'payout', fact: account },
  { method: 'kyc', kind: 'payout', fact: kyc },
  { method: 'debit', kind: 'withdrawal', fact: { type: 'withdrawal.requested', amount } },
  { method: 'payoutconfirmation', kind: 'withdrawal', fact: { type: 'payout.confirmed', amount } },
  { method: 'payoutfailed', kind: 'withdrawal', fact: failed },
  { method: 'credit', kind: 'withdrawal', fact: failed },
  { method: 'cancel', kind: 'withdrawal', situation: 'before `debit`', fact: failed },
  {
    method: 'cancel',
    kind: 'withdrawal',
    situation: 'after `debit`: of what was asked for',
    before: [requested],
    fact: { type: 'payout.failed', amount: { value: '20.00', currency: 'EUR' } },
  },
  { method: 'pending', kind: 'withdrawal', fact: unrecognised('pending') },
  { method: 'account', kind: 'withdrawal', fact: account },
  { method: 'kyc', kind: 'withdrawal', fact: kyc },
]

import { emptyRecord, isLeft, type PaymentRecord, type PaymentRef, paymentRef, type RecordedIntent, type Report } from '@railswitch/core/provider'
import { type Notification, verifyNotification } from '../callbacks/notification.ts'
import { notificationKinds } from '../callbacks/notification-kinds.ts'
import { toReport } from '../callbacks/report.ts'
import type { JsonObject } from '../wire/json-text.ts'
import { amount, refundAmount } from './notification-rows.ts'
import { samples } from './published.ts'

/** An intent whose order is `87654567`, as in the published samples. */
export const recorded = (kind: RecordedIntent['intent']['kind'], reference: string, more: object = {}): RecordedIntent => ({
  intent: {
    kind,
    rail: 't',
    reference,
    attempt: 1,
    expect: amount,
    settings: { callbackUrl: 'https://shop.example/callbacks' },
    ...more,
  },
  fingerprint: 'f',
  begunAt: '2010-01-01T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: [],
})

export const refundOf = (deposit: RecordedIntent, reference = 'refund-1', more: object = {}): RecordedIntent => ({
  ...recorded('refund', reference, { of: paymentRef(deposit.intent), expect: refundAmount }),
  conclusion: { state: 'accepted', result: { status: 'accepted', payment: `rs1.t.refund.${reference}.1` as PaymentRef } },
  ...more,
})

const money = { amount: amount.value, currency: amount.currency }

/** The published notification of a method or of a sample's name, its money ours, changed. */
export const notification = (name: string, more: object = {}): Notification => {
  const sample = samples.find(
    (one) => one.name === `java-notification-${name}` || one.name === `docs-notification-${name}`,
  )
  if (!sample) throw new Error(`No sample of ${name}`)
  const { method, params } = sample.parsed as { readonly method: string; readonly params: JsonObject }
  const ours = notificationKinds[method]?.needs.includes('amount') ? money : {}
  const data = { ...(params.data as JsonObject), ...ours, ...more }
  const body = new TextEncoder().encode(JSON.stringify({ method, params: { ...params, data }, version: '1.1' }))
  const parsed = verifyNotification({ body, contentType: 'application/json' }, { verify: () => true, trustedKeys: [] })
  if (isLeft(parsed)) throw parsed.left
  return parsed.right
}

const now = () => new Date('2026-11-21T12:00:00Z')

/** As it is stored once it is known whose it is: all under one order. */
export const reported = (intent: RecordedIntent, received: Notification, more: Partial<Report> = {}): Report => ({
  ...toReport(received, now),
  vendorId: '87654567',
  rail: 't',
  intent: paymentRef(intent.intent),
  proof: 'signature',
  ...more,
})

export const recordOf = (intents: readonly RecordedIntent[], reports: readonly Report[]): PaymentRecord => ({
  ...emptyRecord,
  intents,
  reports,
})

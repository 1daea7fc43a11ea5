import { type Fact, ownMethods, type RecordedIntent, type Report } from '@railswitch/core/provider'
import { interpret } from '../interpret/interpret.ts'
import { amount, refundAmount } from './notification-rows.ts'
import { notification, recorded, recordOf, refundOf, reported } from './orders.ts'

/** A deposit of 49.90 EUR, begun on the first, and what may be reported of it. */
export const deposit = recorded('deposit', 'order-1')

/** A day of January 2010 in UTC. */
export const at = (day: number, time = '12:00:00.000'): string => `2010-01-${String(day).padStart(2, '0')}T${time}Z`

export const said = (method: string, id: string, when: string, value = amount.value): Report =>
  reported(deposit, notification(method), { at: when, id, money: { value, currency: 'EUR' } })

/** One without Trustly's own time: `when` is that of its receipt. */
export const timeless = (method: string, id: string, when: string, value = amount.value): Report => ({
  ...said(method, id, when, value),
  members: {},
})

export const ledger = (when: string, value = amount.value): Report => ({
  ...timeless('credit', 'ledger|87654567', when, value),
  method: 'AccountLedger',
  proof: 'lookup',
})

export const imported = (state: 'credited' | 'pending', when: string): Report => ({
  ...timeless('credit', 'imported|rs1.t.deposit.order-1.1', when),
  method: ownMethods.imported,
  proof: 'person',
  members: { state },
})

export const personCredited = (when: string): Report => ({
  ...timeless('credit', 'person:credited|rs1.t.deposit.order-1.1', when),
  method: ownMethods.personCredited,
  proof: 'person',
})

export const refund = (reference: string, when: string, value = refundAmount.value, attempt = 1): RecordedIntent =>
  refundOf(deposit, reference, {
    begunAt: when,
    intent: { ...refundOf(deposit, reference).intent, attempt, expect: { value, currency: 'EUR' } },
  })

export const factsOf = (refunds: readonly RecordedIntent[], ...reports: readonly Report[]): readonly Fact[] =>
  interpret(recordOf([deposit, ...refunds], reports))

/** Each fact in one line: type, amount, refund or candidates or reason, evidence. */
export const short = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) => {
    const money = 'amount' in fact ? fact.amount : 'money' in fact ? fact.money : null
    const named = 'refund' in fact ? (fact.refund ?? fact.candidates.join(' ')) : 'reason' in fact ? fact.reason : ''
    return [fact.type, money?.value, named.replaceAll('rs1.t.refund.', ''), `[${[...fact.evidence].sort()}]`]
      .filter((part) => part)
      .join(' ')
  })

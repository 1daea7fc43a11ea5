import { type EventType, eventTypes } from '../record/payment-event.ts'
import { isMoneyEvent } from './derived-event.ts'

const moneyEvents: readonly EventType[] = [
  'deposit.credited',
  'deposit.reversed',
  'refund.confirmed',
  'refund.failed',
  'payout.confirmed',
  'payout.failed',
  'withdrawal.requested',
]

test('the events that change what an application has recorded are money events, and no others', () => {
  expect(eventTypes.filter(isMoneyEvent)).toEqual(moneyEvents)
})

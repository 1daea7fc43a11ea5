import { createHandlers } from '@railswitch/callbacks'
import { money, systemRuntime } from '@railswitch/core'
import { testEvent } from './test-event.ts'

const amount = money('249.90', 'SEK')

test('missing members have defaults, and passed members are unchanged', () => {
  expect(testEvent('deposit.credited', { amount })).toEqual({
    type: 'deposit.credited',
    amount,
    id: 'rs1.test.deposit.order-1.1:deposit.credited',
    now: null,
    payment: 'rs1.test.deposit.order-1.1',
    reference: 'order-1',
    at: '2026-01-01T00:00:00.000Z',
  })
  expect(testEvent('deposit.credited', { amount, reference: 'order-9', id: 'e-1' })).toMatchObject({
    id: 'e-1',
    payment: 'rs1.test.deposit.order-9.1',
  })
})

test.each([
  [testEvent('payout.confirmed', { amount, by: 'vendor' }), 'rs1.test.payout.order-1.1'],
  [testEvent('withdrawal.requested', { amount }), 'rs1.test.withdrawal.order-1.1'],
  [testEvent('account.received', { account: '1', mandate: true }), 'rs1.test.account.order-1.1'],
  [testEvent('refund.confirmed', { amount, refund: 'r-1', candidates: ['r-1'] }), 'rs1.test.deposit.order-1.1'],
])('the payment has the kind that belongs to the event', (event, payment) => {
  expect(event).toMatchObject({ payment, id: `${payment}:${event.type}` })
})

test('a registered handler accepts it', async () => {
  const shipped: string[] = []
  const handlers = createHandlers<void>(systemRuntime)
  handlers.register({
    'deposit.reversed': () => ({ recovered: true }),
    'deposit.credited': ({ reference }) => void shipped.push(reference),
  })
  await handlers.run(testEvent('deposit.credited', { amount }), 1000)
  expect(shipped).toEqual(['order-1'])
})

test('its data is checked by the compiler', () => {
  // @ts-expect-error: the amount is missing
  testEvent('deposit.credited', {})
  // @ts-expect-error: the exposure is missing
  testEvent('deposit.reversed', { amount })
  expect(testEvent('review.needed', { reason: 'overpaid', rail: 't' }).reason).toBe('overpaid')
})

import { notificationMeaning } from './notification-meaning.ts'

// https://docs.payabl.com/docs/trustly and /docs/notification (read 2026-11-21): the types, and the states of a payment.
test.each([
  [{ type: 'capture', errorcode: '0', payment_state: 'credited' }, /secured/],
  [{ type: 'capture', errorcode: '0', payment_state: 'not_credited_yet' }, /has not arrived/],
  [{ type: 'capture', errorcode: '0', payment_state: 'not_credited' }, /without money/],
  [{ type: 'capture', errorcode: '-1032', payment_state: undefined }, /-1032/],
  [{ type: 'refund', errorcode: '0' }, /refund was sent/],
  [{ type: 'refund', errorcode: '-1032' }, /refund failed/],
  [{ type: 'cft', errorcode: '0' }, /payout was sent/],
  [{ type: 'cft', errorcode: '-1032' }, /payout failed/],
  [{ type: 'chb', errorcode: '0' }, /back/],
])('%j', (fields, meaning) => expect(notificationMeaning(fields)).toMatch(meaning))

test.each([
  [{}],
  [{ type: 'capture', errorcode: '0' }],
  [{ type: 'capture', payment_state: 'other' }],
  [{ type: 'new' }],
])('%j is not known, so it is not guessed', (fields) => expect(notificationMeaning(fields)).toBeNull())

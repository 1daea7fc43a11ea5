import { money } from 'railswitch'
import { versatileBank } from 'railswitch/fixtures/versatile-bank'
import type { Anything, Mistake } from './mistake.ts'
import { calling, deposit, handlers, opened, paid, refunding } from './shop-calls.ts'

export const commands: readonly Mistake[] = [
  ['a refund of a checkout instead of its payment', refunding({ payment: { payment: 'rs1.bank.deposit.order-1.1' } }), ['payment', "deposit's payment ref", 'deposit() or getDeposit() returned']],
  ['a refund by reference', refunding({ payment: 'order-1' }), ['payment', "deposit's payment ref", 'deposit() or getDeposit() returned']],
  [
    'a refund before the credit',
    async () => {
      const { payments, begin } = await opened()
      const { payment } = await begin('order-1')
      return payments.refund({ payment, reference: 'refund-1', amount: money('10.00', 'EUR') })
    },
    ['exceeds_refundable', 'The deposit is pending', 'Wait for `deposit.credited`'],
  ],
  ['a refund of too much', refunding({ amount: money('249.91', 'EUR') }), ['exceeds_refundable', 'At most 249.90 EUR', '`refundable`']],
  ['a refund in another currency', refunding({ amount: money('10.00', 'SEK') }), ['exceeds_refundable', 'The deposit is in EUR, and the refund is in SEK', 'in EUR']],
  ['a refund with the reference of its deposit', refunding({ reference: 'order-1' }), ['conflict', 'order-1', 'new reference']],
  ['a refund of a deposit that does not exist', refunding({ payment: 'rs1.bank.deposit.nobody.1' }), ['not_found', 'not stored', 'getDeposit() returned']],
  ['a refund on a rail that was removed', refunding({ payment: 'rs1.old.deposit.order-1.1' }), ['rail_missing', 'Rail old is not configured', '`providers.old` or RAILSWITCH_RAILS']],
  [
    'the same reference for another amount',
    async () => {
      const { payments, begin } = await opened()
      await begin('order-1')
      return payments.deposit({ ...deposit, amount: money('1.00', 'EUR') })
    },
    ['conflict', 'already used by another deposit request: its `amount` is 249.90 EUR, not 1.00 EUR', 'attempt: 2'],
  ],
  ['a second checkout of a paid deposit', async () => (await paid()).payments.deposit({ ...deposit, attempt: 2 }), ['conflict', 'already credited', 'new reference']],
  ['getDeposit of text', calling((payments) => payments.getDeposit('order-1')), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['getDeposit of nothing', calling((payments) => payments.getDeposit()), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['getDeposit of an empty object', calling((payments) => payments.getDeposit({})), ['not_found', 'not named', '{ reference } or { payment }']],
  ['getDeposit of an empty reference', calling((payments) => payments.getDeposit({ reference: '' })), ['reference', 'must not be empty', "{ reference: 'order-1' }"]],
  ['getDeposit of a reference as a ref', calling((payments) => payments.getDeposit({ payment: 'order-1' })), ['not_found', 'order-1 was not found', '{ reference }']],
  ['getPayout of a deposit', async () => (await paid()).payments.getPayout({ reference: 'order-1' }), ['not_found', 'order-1 was not found', 'getDeposit()']],
  ['getAccount of nothing', calling((payments) => payments.getAccount(null)), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['erasePersonalData of text', calling((payments) => payments.erasePersonalData('order-1')), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  [
    'erasing an open payment',
    async () => {
      const { payments, begin } = await opened()
      await begin('order-1')
      return payments.erasePersonalData({ reference: 'order-1' })
    },
    ['conflict', 'still open', 'when its money no longer moves'],
  ],
  ['approve without an argument', calling((payments) => payments.approve()), ['payment', 'is required', '{ payment }']],
  ['approve of a ref itself', calling((payments) => payments.approve('rs1.bank.withdrawal.out-1.1')), ['payment', 'is required', '{ payment }']],
  ['deny of a withdrawal that does not exist', calling((payments) => payments.deny({ payment: 'rs1.bank.withdrawal.nobody.1' })), ['not_found', 'withdrawal was not found', '`withdrawal.requested`']],
  [
    'approve before the customer has asked',
    async () => {
      const { payments } = await opened()
      const { payment } = await payments.withdrawal({ ...deposit, reference: 'out-1' })
      return payments.approve({ payment })
    },
    ['conflict', 'The withdrawal is pending', '`withdrawal.requested`'],
  ],
  [
    'cancelCharge of a checkout',
    async () => {
      const { payments, payment } = await paid()
      return payments.cancelCharge({ payment })
    },
    ['not_found', 'charge was not found', 'charge() returned'],
  ],
  ['cancelCharge without an argument', calling((payments) => payments.cancelCharge()), ['payment', 'is required', '{ payment }']],
  ['importPayment of nothing', calling((payments) => payments.importPayment()), ['deposit', 'is required', 'a deposit, a refund or a payout']],
  ['an import of null', calling((payments) => payments.importPayment({ deposit: null })), ['deposit', 'must be an object', 'vendorIds']],
  [
    'an import with one vendor id',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorId: '7', rail: 'bank', state: 'credited' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['deposit.vendorId', 'not a known field', 'write vendorIds'],
  ],
  [
    'an import with a vendor id outside a list',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorIds: '7', rail: 'bank', state: 'credited' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['deposit.vendorIds', 'a list of at least one id', "['"],
  ],
  [
    'an import of an unknown rail',
    calling((payments) =>
      payments.importPayment({
        payout: { reference: 'a', amount: money('1', 'EUR'), vendorIds: ['7'], rail: 'bnak' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['payout.rail', 'configured rail', 'write bank'],
  ],
  [
    'an import by nobody',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorIds: ['7'], rail: 'bank', state: 'credited' },
      }),
    ),
    ['by', '1 to 200 characters', 'who imports it'],
  ],
  ['resolveReview of nothing', calling((payments) => payments.resolveReview()), ['review', 'is required', 'a review, a deposit, a refund or a payout']],
  ['an outcome that does not exist', calling((payments) => payments.resolveReview({ refund: 'rs1.bank.refund.r-1.1', as: 'paid', by: 'Ada', why: 'x' })), ['as', 'not an outcome of a refund', 'confirmed or failed']],
  ['an outcome of another kind', calling((payments) => payments.resolveReview({ deposit: 'rs1.bank.deposit.order-1.1', as: 'confirmed', by: 'Ada', why: 'x' })), ['as', 'not an outcome of a deposit', 'credited']],
  ['a review that is not open', calling((payments) => payments.resolveReview({ review: 'x', by: 'Ada', why: 'x' })), ['not_found', 'No open review', 'listReviews()']],
  ['a limit as text', calling((payments) => payments.sync({ limit: '10' })), ['limit', 'a whole number', '1000']],
  ['a limit of zero', calling((payments) => payments.sync({ limit: 0 })), ['limit', 'a whole number', '1000']],
  ['requirements of an unknown operation', calling((payments) => payments.requirements('deposits', { country: 'SE', currency: 'SEK' })), ['operation', 'not an operation', 'deposit, refund']],
  ['requirements without a market', calling((payments) => payments.requirements('deposit')), ['market', 'a country and a currency', "{ country: 'SE'"]],
  ['native of an unknown rail', calling((payments) => payments.native('bnak', 'trustly-direct')), ['rail_missing', 'Rail bnak is not configured', 'write bank']],
  ['native of another provider', calling((payments) => payments.native('bank', 'trustly-direct')), ['unsupported', 'Rail bank is bank, not trustly-direct', 'the provider that it uses']],
  ['on() without handlers', async () => (await opened({}, null)).payments.on(undefined as Anything), ['handlers', 'must be an object', "'deposit.credited'"]],
  ['on() twice', calling((payments) => payments.on(handlers)), ['handler_missing', 'already set the event handlers', 'payments.on() once']],
  ['a misspelt event', async () => await opened({}, { ...handlers, 'deposit.credit': () => {} }), ['deposit.credit', 'not an event', 'write deposit.credited']],
  ['no handler for reversals', async () => await opened({}, { 'deposit.credited': () => {} }), ['deposit.reversed', 'any deposit can be reversed', "add 'deposit.reversed': () => ({ recovered: false })"]],
  ['an event in camel case', async () => await opened({}, { depositCredited: () => {} }), ['depositCredited', 'not an event', 'write deposit.credited']],
  ['a handler that was called', async () => await opened({}, { ...handlers, 'deposit.credited': Promise.resolve() }), ['deposit.credited', 'must be a function', 'pass a handler']],
  [
    'a deposit on a rail that asks, without handlers',
    async () => {
      const rail = { ...versatileBank().rail, questions: { deposit: ['deposit.reversed'] } }
      return (await opened({ providers: { bank: rail } }, null)).begin('order-1')
    },
    ['handler_missing', 'deposit.reversed', 'payments.on()'],
  ],
  [
    'a call after close()',
    async () => {
      const { payments, begin } = await opened()
      await payments.close()
      return begin('order-1')
    },
    ['closed', 'close() was called', 'another process'],
  ],
]

import { type OperationResponse, type OperationCall, type Either, left, memoryStore, type Outcome, PaymentError, type PaymentEvent, type PaymentProvider, paymentRef, right } from '@railswitch/core'
import { createPayments } from '../../create-payments.ts'
import { withoutStack } from '../../../../callbacks/src/__fixtures__/without-stack.ts'

export { withoutStack }

export type RefundResponse = Either<PaymentError, OperationResponse<Outcome>>

export const amount = { value: '100.00', currency: 'EUR' }

/** A vendor whose deposits start at once, and whose refunds have the result that a test chooses. */
export const bank = (
  refund: (call: OperationCall) => Promise<RefundResponse>,
  more: Partial<PaymentProvider> = {},
): PaymentProvider => ({
  id: 'bank',
  capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: true } },
  replays: true,
  questions: {},
  operations: {
    deposit:
      (_input, { intent }) =>
      async () =>
        right({
          result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
          vendorIds: ['1'],
        }),
    refund: (_input, call) => () => refund(call),
  },
  transactions: 'one',
  interpret: ({ reports }) =>
    reports.flatMap(({ id, at, vendorId, method, money, intent }) =>
      method === 'credit' && money && intent
        ? [{ type: 'deposit.credited', intent, vendorId, at, evidence: [id], source: 'vendor', key: id, amount: money }]
        : [],
    ),
  verifyCallback: () =>
    right({
      report: {
        id: 'n-1',
        at: '2026-01-01T00:00:00.000Z',
        vendorId: '1',
        method: 'credit',
        money: amount,
        members: {},
      },
      merchantReference: 'order-1',
      signs: 'everything',
      isQuestion: false,
      acknowledge: () => ({ status: 200, contentType: 'text/plain', body: '' }),
    }),
  ...more,
})

/** A shop with one rail, `bank`, and a deposit of 100.00 EUR that is credited. */
export const creditedAt = async (rail: PaymentProvider, now = () => new Date()) => {
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields, withoutStack)}`)
  const payments = createPayments<void>({
    active: 'bank',
    providers: { bank: rail },
    store: memoryStore(),
    callbacks: { url: 'https://shop.example/callbacks', secrets: ['s'.repeat(32)] },
    logger: { info: log, warn: log, error: log },
    clock: now,
  })
  const events: PaymentEvent[] = []
  const onEvent = (event: PaymentEvent) => events.push(event)
  payments.on({
    'deposit.reversed': () => ({ recovered: false }),
    'refund.confirmed': onEvent,
    'refund.failed': onEvent,
    'review.needed': onEvent,
  })
  const { payment } = await payments.deposit({
    reference: 'order-1',
    amount,
    customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', country: 'DE', locale: 'de' },
    returnUrl: 'https://shop.example/',
  })
  await payments.callbacks.web(new Request('https://shop.example/callbacks/bank', { method: 'POST', body: '{}' }))
  return { payments, events, logs, refund: { payment, reference: 'r-1', amount } }
}

/** The ways in which the call of a refund can end without a response. */
export const failure = (effect: PaymentError['effect']): RefundResponse =>
  left(new PaymentError({ code: 'no_valid_response', effect, retry: 'same_attempt', message: 'lost', hint: 'none' }))
export const accepted: RefundResponse = right({
  result: { status: 'accepted', payment: paymentRef({ rail: 'bank', kind: 'refund', reference: 'r-1', attempt: 1 }) },
  vendorIds: [],
})

/** A look-up that shows nothing. */
export const nothingFound: ReturnType<NonNullable<PaymentProvider['lookUp']>> = async () => right({ found: [], absenceProves: false })

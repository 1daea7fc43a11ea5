import { type IncomingReport, type EventCompletion, createRecordRules, type EmittedEvent, type Intent, type BeginRequest, type PaymentRef, paymentRef } from '@railswitch/core/store'

/** One rail, whose `credit` is a deposit's money. */
export const rules = createRecordRules(
  new Map([
    [
      'rail',
      {
        interpret: ({ reports }) =>
          reports.flatMap(({ id, at, vendorId, method, money, intent }) =>
            method === 'credit' && money && intent
              ? [{ type: 'deposit.credited', intent, vendorId, at, evidence: [id], source: 'vendor', key: id, amount: money }]
              : [],
          ),
      },
    ],
  ]),
)

export const depositOf = (reference: string): Intent => ({
  kind: 'deposit',
  rail: 'rail',
  reference,
  attempt: 1,
  expect: { value: '100.00', currency: 'SEK' },
  settings: { callbackUrl: 'https://shop.example/callbacks/rail/token' },
})

export const requestOf = (intent: Intent, fingerprint = 'f'): BeginRequest => ({ intent, fingerprints: [fingerprint] })

/** A credit of this deposit with its token; the vendor's id holds what a careless driver would take for SQL. */
export const creditOf = (id: string, reference: string, value = '100.00'): IncomingReport => ({
  report: {
    id,
    at: '2026-01-01T00:00:00.000Z',
    rail: 'rail',
    vendorId: `it's $1 and 2 of ${reference}`,
    method: 'credit',
    money: { value, currency: 'SEK' },
    members: {},
  },
  from: {
    type: 'callback',
    token: { kind: 'deposit', reference, attempt: 1 },
    signs: 'everything',
    echo: null,
    transactions: 'one',
  },
})

/** That the credit of this deposit was handled. */
export const handled = <Tx>(
  reference: string,
  write?: (tx: Tx) => Promise<unknown>,
  more: Partial<EventCompletion<Tx>> = {},
): EventCompletion<Tx> => ({
  emitted: creditedEvent(paymentRef(depositOf(reference)), `n-${reference}`),
  isLast: true,
  timeoutMs: 5_000,
  ...(write && { write }),
  ...more,
})

const creditedEvent = (payment: PaymentRef, evidence: string): EmittedEvent => ({
  id: `${payment}:deposit.credited`,
  type: 'deposit.credited',
  payment,
  money: { value: '100.00', currency: 'SEK' },
  answer: 'ok',
  evidence: [evidence],
})

import { createHandlers, createTokens } from '@railswitch/callbacks'
import { type OperationResponse, createRecordRules, type DepositInput, type Either, type Intent, left, type Logger, memoryStore, type Outcome, PaymentError, type PaymentErrorData, type PaymentProvider, type PaymentRef, paymentRef, type RefundInput, right, type Checkout, type Store, systemRuntime } from '@railswitch/core'
import type { ReadyConfig } from '../../config/payments-config.ts'
import { createTelemetry } from '../../telemetry/telemetry.ts'
import type { OperationContext } from '../operation-context.ts'

export const sek = (value: string) => ({ value, currency: 'SEK' })

export const depositInput: DepositInput = {
  reference: 'order-1',
  amount: sek('100.00'),
  customer: {
    id: 'c-1',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@shop.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/',
}

export const depositDraft = {
  kind: 'deposit',
  rail: 'first',
  reference: 'order-1',
  attempt: 1,
  expect: sek('100.00'),
} as const

export const refundOf = (payment: PaymentRef, reference = 'refund-1') => {
  const input: RefundInput = { payment, reference, amount: sek('100.00') }
  const draft = { kind: 'refund', rail: 'first', reference, attempt: 1, expect: sek('100.00'), of: payment } as const
  return { input, draft }
}

type Responds<R> = (intent: Intent) => Either<PaymentError, OperationResponse<R>>

export const failed = (
  effect: PaymentErrorData['effect'],
  retry: PaymentErrorData['retry'] = 'never',
): Either<PaymentError, never> =>
  left(new PaymentError({ code: 'vendor_error', effect, retry, message: 'no', hint: 'none' }))

export interface OperationOptions {
  readonly deposit?: Responds<Checkout>
  readonly refund?: Responds<Outcome>
  readonly provider?: Partial<PaymentProvider>
  readonly store?: Store<void>
  readonly config?: Partial<ReadyConfig<void>>
}

/** Two rails, `first` and `second`, of one provider that records its calls. */
export const operationUnderTest = (options: OperationOptions = {}) => {
  const sent: { readonly operation: string; readonly rail: string; readonly resumed: boolean; readonly callbackUrl: string }[] = []
  const logs: string[] = []
  const log = (_fields: object, message: string): void => void logs.push(message)
  const logger: Logger = { info: log, warn: log, error: log }
  const started: Responds<Checkout> = (intent) =>
    right({
      result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
      vendorIds: [`order of ${intent.reference}`],
    })
  const accepted: Responds<Outcome> = (intent) =>
    right({ result: { status: 'accepted', payment: paymentRef(intent) }, vendorIds: [] })
  const provider: PaymentProvider = {
    id: 'provider',
    capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: true } },
    transactions: 'one',
    interpret: ({ intents, reports }) =>
      reports.flatMap((report) =>
        report.intent === null || !intents.some(({ intent }) => paymentRef(intent) === report.intent)
          ? []
          : [
              {
                type: 'deposit.credited' as const,
                intent: report.intent,
                vendorId: report.vendorId,
                at: report.at,
                evidence: [report.id],
                source: 'vendor' as const,
                key: report.id,
                amount: sek('100.00'),
              },
            ],
      ),
    replays: true,
    questions: {},
    operations: {
      deposit: (_input, call) => async () => {
        sent.push({ operation: 'deposit', rail: call.intent.rail, resumed: call.resumed, callbackUrl: call.callbackUrl })
        return (options.deposit ?? started)(call.intent)
      },
      refund: (_input, call) => async () => {
        sent.push({ operation: 'refund', rail: call.intent.rail, resumed: call.resumed, callbackUrl: call.callbackUrl })
        return (options.refund ?? accepted)(call.intent)
      },
    },
    verifyCallback: () => failed('refused'),
    ...options.provider,
  }
  const rails = new Map([
    ['first', provider],
    ['second', provider],
  ])
  const store = options.store ?? memoryStore()
  const rules = createRecordRules(rails)
  const handlers = createHandlers<void>(systemRuntime)
  const now = () => new Date('2026-01-01T00:00:00.000Z')
  const secrets = ['a-secret-of-at-least-32-characters-x'] as const
  const context: OperationContext<void> = {
    config: {
      active: 'first',
      rails,
      store,
      rules,
      callbacks: { url: 'https://shop.example/callbacks', secrets, handlerTimeoutMs: 1000 },
      crossCheck: true,
      reconciled: true,
      logger,
      ...systemRuntime,
      now,
      ...options.config,
    },
    telemetry: createTelemetry(now),
    handlers,
    tokens: createTokens(secrets),
  }
  return { context, sent, logs, store, rules, credit }

  /** The vendor reports that the deposit of `order-1` is credited. */
  async function credit(payment: PaymentRef): Promise<void> {
    const report = { id: 'n-1', at: '2026-01-01T00:00:00.000Z', rail: 'first', vendorId: 'order of order-1', method: 'credit', members: {} }
    await store.claim({ report, from: { type: 'own', intent: payment, proof: 'lookup', learns: true } }, 1000, rules)
  }
}

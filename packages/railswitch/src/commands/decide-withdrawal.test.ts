import { createPipeline } from '@railswitch/callbacks'
import {
  type IncomingReport,
  type Intent,
  left,
  ownMethods,
  PaymentError,
  type PaymentProvider,
  paymentRef,
  right,
} from '@railswitch/core'
import { operationUnderTest } from '../operations/__fixtures__/operation-under-test.ts'
import { createDecide } from './decide-withdrawal.ts'

const intent: Intent = {
  kind: 'withdrawal',
  rail: 'first',
  reference: 'out-1',
  attempt: 1,
  expect: { value: '100.00', currency: 'SEK' },
  settings: { callbackUrl: 'https://shop.example/' },
}
const withdrawal = paymentRef(intent)

const requested: PaymentProvider['interpret'] = ({ reports }) =>
  reports.flatMap((report) =>
    report.method === 'debit' && report.intent !== null
      ? [
          {
            type: 'withdrawal.requested' as const,
            intent: report.intent,
            vendorId: report.vendorId,
            at: report.at,
            evidence: [report.id],
            source: 'vendor' as const,
            key: report.id,
            amount: intent.expect,
          },
        ]
      : [],
  )

const refusal = (code: 'declined' | 'unreachable') =>
  left(new PaymentError({ code, effect: 'refused', retry: 'never', message: 'no', hint: 'none' }))

type Decide = NonNullable<PaymentProvider['decideWithdrawal']>

/** A withdrawal that its customer has requested. `reserved`: the handler's answer; null: the question is not asked yet. */
const requestedWithdrawal = async (decide?: Decide, { isRequested = true, reserved = true } = {}) => {
  const decisions: string[] = []
  const yes: Decide = (_record, _withdrawal, decision) => async () => {
    decisions.push(decision)
    return right(undefined)
  }
  const { context, store, rules, logs } = operationUnderTest({
    provider: { interpret: requested, decideWithdrawal: decide ?? yes },
  })
  const { config, tokens, telemetry, handlers } = context
  handlers.register({
    'deposit.reversed': () => ({ recovered: true }),
    'withdrawal.requested': () => ({ reserved }),
  })
  const pipeline = createPipeline({ ...config, tokens, telemetry, handlers, handlerTimeoutMs: 1000 })
  await store.begin({ intent, fingerprints: ['f'] }, rules)
  const conclusion = { state: 'started', result: { payment: withdrawal, redirectUrl: '', expiresAt: null } } as const
  await store.conclude(intent, conclusion, { vendorIds: ['v-1'], replaces: true }, rules)
  const report = {
    id: 'n-1',
    at: '2026-01-01T00:00:00.000Z',
    rail: 'first',
    vendorId: 'v-1',
    method: 'debit',
    members: {},
  }
  const arrival: IncomingReport = { report, from: { type: 'own', intent: withdrawal, proof: 'lookup', learns: false } }
  if (isRequested) await pipeline.record(arrival)
  const methods = async () => (await store.find('out-1'))?.reports.map(({ method }) => method)
  return { decide: createDecide({ ...config, pipeline }), decisions, methods, logs }
}

test.each(['approve', 'deny'] as const)('%s is sent once and recorded, and can be repeated', async (decision) => {
  const { decide, decisions, methods } = await requestedWithdrawal()
  await decide(withdrawal, decision)
  await decide(withdrawal, decision)
  expect(decisions).toEqual([decision])
  expect(await methods()).toEqual(['debit', decision === 'approve' ? ownMethods.approved : ownMethods.denied])
})

test('the opposite decision is a conflict', async () => {
  const { decide, decisions } = await requestedWithdrawal()
  await decide(withdrawal, 'approve')
  await expect(decide(withdrawal, 'deny')).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  expect(decisions).toEqual(['approve'])
})

test('a withdrawal that the customer has not requested cannot be decided', async () => {
  const { decide, decisions } = await requestedWithdrawal(undefined, { isRequested: false })
  await expect(decide(withdrawal, 'approve')).rejects.toMatchObject({ code: 'conflict' })
  expect(decisions).toEqual([])
})

test('a withdrawal whose money was not reserved can be denied, but not approved', async () => {
  const { decide, decisions } = await requestedWithdrawal(undefined, { reserved: false })
  await expect(decide(withdrawal, 'approve')).rejects.toMatchObject({ code: 'conflict' })
  expect(decisions).toEqual([])
})

test('an unknown withdrawal is not found', async () => {
  const { decide } = await requestedWithdrawal()
  const other = paymentRef({ ...intent, reference: 'out-2' })
  await expect(decide(other, 'approve')).rejects.toMatchObject({ code: 'not_found', effect: 'not_sent' })
})

test('a decision that the vendor declines is recorded as undecided, each time', async () => {
  const { decide, methods } = await requestedWithdrawal(() => async () => refusal('declined'))
  await expect(decide(withdrawal, 'approve')).rejects.toMatchObject({ code: 'declined' })
  await expect(decide(withdrawal, 'approve')).rejects.toMatchObject({ code: 'declined' })
  expect(await methods()).toEqual(['debit', ownMethods.undecided, ownMethods.undecided])
})

test('a decision without a response is not recorded and can be repeated', async () => {
  const { decide, methods } = await requestedWithdrawal(() => async () => refusal('unreachable'))
  await expect(decide(withdrawal, 'approve')).rejects.toMatchObject({ code: 'unreachable' })
  expect(await methods()).toEqual(['debit'])
})

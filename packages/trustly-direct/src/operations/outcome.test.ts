import {
  type ChargeInput,
  emptyRecord,
  isLeft,
  money,
  type OperationCall,
  type PaymentKind,
  type PayoutInput,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { play } from '../__fixtures__/answering-trustly.ts'
import type { TrustlyClient } from '../client/client.ts'
import { startCharge } from './charge.ts'
import { startPayout } from './payout.ts'
import { startRefund } from './refund.ts'

const amount = money('30.00', 'EUR')
const settings = { callbackUrl: 'https://shop.example/callbacks/t/x' }
const deposit: RecordedIntent = {
  intent: { kind: 'deposit', rail: 't', reference: 'order-1', attempt: 1, expect: amount, settings },
  fingerprint: 'f',
  begunAt: '2026-11-21T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: ['1187741486'],
}
const of = paymentRef(deposit.intent)
const now = () => new Date('2026-11-21T12:00:00Z')

const callOf = (kind: PaymentKind): OperationCall => ({
  intent: { kind, rail: 't', reference: 'out-1', attempt: 1, expect: amount, of, account: of, settings },
  record: { ...emptyRecord, intents: [deposit] },
  source: {
    ...emptyRecord,
    intents: [deposit],
    reports: [
      {
        id: '1',
        at: '2026-11-21T00:00:00.000Z',
        rail: 't',
        vendorId: '1187741486',
        method: 'account',
        members: { accountid: '7653385737', mandate: '1' },
        proof: 'signature',
        intent: of,
      },
    ],
  },
  callbackUrl: settings.callbackUrl,
  resumed: false,
  signal: AbortSignal.timeout(1_000),
})

const customer = { id: 'c-77', firstName: 'Åsa', lastName: 'Öberg', email: 'asa@shop.example' }
const shared = { reference: 'out-1', amount, statement: 'SHOP.EXAMPLE', customer }
const toAccount: PayoutInput = {
  ...shared,
  to: { account: { country: 'DE', accountNumber: 'DE89370400440532013000' } },
}
const charge: ChargeInput = { ...shared, from: { payment: of } }

const operations: { readonly [method: string]: (client: TrustlyClient) => ReturnType<ReturnType<typeof startRefund>> } =
  {
    Refund: (client) => startRefund(client, now)({ payment: of, reference: 'out-1', amount }, callOf('refund')),
    AccountPayout: (client) => startPayout({ client, now })({ ...shared, to: { payment: of } }, callOf('payout')),
    RegisterAccountPayout: (client) => startPayout({ client, now })(toAccount, callOf('payout')),
    Charge: (client) => startCharge(client, now)(charge, callOf('deposit')),
  }

test.each(
  Object.entries(operations).flatMap(([method, start]) =>
    [
      { code: '999', message: 'ERROR_NOVELTY' },
      { code: '603', message: 'ERROR_NOVELTY' },
    ].map((data) => [method, data, start] as const),
  ),
)(
  'row 11: %s answered with %j, which nobody published, is unknown: no attempt 2 pays twice',
  async (method, data, start) => {
    const { client, asked } = play(data)
    const answer = await start(client)()
    expect(asked.map((request) => request.method)).toEqual([method])
    expect(!isLeft(answer) && answer.right.result).toMatchObject({ status: 'unknown', resolveBy: 'operator' })
  },
)

test.each(Object.entries(operations))(
  'row 11: %s answered with a published error is refused',
  async (_method, start) => {
    const { client } = play({ code: '603', message: 'ERROR_INSUFFICIENT_FUNDS' })
    const answer = await start(client)()
    expect(isLeft(answer) && answer.left).toMatchObject({ code: 'declined', effect: 'refused', retry: 'next_attempt' })
  },
)

test.each(Object.entries(operations))(
  'row 11: %s with `result` 0 is refused, whatever the reason: that nothing was done is documented',
  async (_method, start) => {
    const { client } = play({ result: '0', orderid: null, rejected: 'A reason that nobody published' })
    const answer = await start(client)()
    expect(isLeft(answer) && answer.left).toMatchObject({ code: 'declined', effect: 'refused', retry: 'next_attempt' })
  },
)

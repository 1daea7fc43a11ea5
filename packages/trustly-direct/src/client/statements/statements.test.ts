import { isLeft, right } from '@railswitch/core/provider'
import { answerOf, play } from '../../__fixtures__/answering-trustly.ts'
import { type JsonObject, memberAt } from '../../wire/json-text.ts'
import { createReports } from './statements.ts'

const all = async <A>(lines: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const line of lines) found.push(line)
  return found
}
const failure = (lines: AsyncIterable<unknown>): Promise<unknown> =>
  all(lines).then(
    () => 'no failure',
    (error: unknown) => error,
  )

const askedDays = (asked: readonly JsonObject[]) =>
  asked.map(
    (request) => `${memberAt(request, 'params', 'Data', 'FromDate')} ${memberAt(request, 'params', 'Data', 'ToDate')}`,
  )

test('the ledger is exact and typed (java-response-accountledger)', async () => {
  const { client } = play(answerOf('java-response-accountledger'))
  expect(await all(createReports(client).ledger({ from: '2014-01-30', until: '2014-01-31' }))).toEqual([
    {
      at: '2014-01-30T12:28:45.652Z',
      account: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_ESSE',
      type: 'User deposit of client funds to CLIENT_FUNDS_SWEDEN_ESSE',
      amount: '5',
      currency: 'EUR',
      orderId: '3209647863',
      messageId: '133921',
      userId: '3839426635',
      gluepayId: '3209647863',
    },
    expect.objectContaining({ account: 'TRANSACTION_FEE_BANK_DEPOSIT', amount: '-3.01', currency: 'SEK' }),
  ])
})

test('the ledger is read day by day, ToDate excluded, over the ends of months and of summer time (section 3.12)', async () => {
  const { client, asked } = play([])
  await all(createReports(client).ledger({ from: '2024-02-28', until: '2024-03-02' }))
  await all(createReports(client).ledger({ from: '2026-10-24', until: '2026-10-26', currency: 'SEK' }))
  expect(askedDays(asked)).toEqual([
    '2024-02-28 2024-02-29',
    '2024-02-29 2024-03-01',
    '2024-03-01 2024-03-02',
    '2026-10-24 2026-10-25',
    '2026-10-25 2026-10-26',
  ])
  expect(asked.map((request) => memberAt(request, 'params', 'Data', 'Currency'))).toEqual([
    null,
    null,
    null,
    'SEK',
    'SEK',
  ])
})

test('a day is asked for only when its lines are wanted', async () => {
  const { client, asked } = play(answerOf('java-response-accountledger'))
  for await (const line of createReports(client).ledger({ from: '2014-01-30', until: '2015-01-30' })) {
    if (line.amount === '-3.01') break
  }
  expect(askedDays(asked)).toEqual(['2014-01-30 2014-01-31'])
})

test.each([
  ['a day that no calendar has', { from: '2026-02-30', until: '2026-03-02' }],
  ['a span without a day', { from: '2026-02-01', until: '2026-02-01' }],
  ['a span that ends before it begins', { from: '2026-02-02', until: '2026-02-01' }],
  ['a time', { from: '2026-02-01', until: '2026-03-02T00:00Z' }],
])('%s is refused before the call', async (_name, span) => {
  const { client, asked } = play([])
  expect(await failure(createReports(client).ledger(span))).toMatchObject({ code: 'invalid_input' })
  expect(asked).toEqual([])
})

test("Trustly's refusal ends the ledger as an error", async () => {
  const { client } = play({ code: '602', message: 'ERROR_FUNCTION_ACCESS_DENIED' })
  expect(await failure(createReports(client).ledger({ from: '2026-01-01', until: '2026-01-02' }))).toMatchObject({
    code: 'misconfigured',
  })
})

const settled = () =>
  answerOf('java-response-settlementreport') as { readonly view_automatic_settlement_details: string }

test('the settlement report is exact and typed (java-response-settlementreport)', async () => {
  const { client, asked } = play(settled())
  const lines = await all(createReports(client).settlement({ day: '2018-11-17', currency: 'EUR' }))
  expect(memberAt(asked[0] ?? null, 'params', 'Data')).toMatchObject({
    SettlementDate: '2018-11-17',
    Currency: 'EUR',
    Attributes: { APIVersion: '1.2' },
  })
  expect(lines.map(({ type, amount }) => `${type} ${amount}`)).toEqual([
    'Deposit 100',
    'Deposit Fee -1',
    'Refund -100',
    'Refund Fee -1',
    'AccountPayout -100',
    'AccountPayout Fee -1',
    'Deposit Fee -1',
    'Deposit 150',
    'FX 100',
    'Settlement Fee -1',
  ])
  expect(lines[7]).toEqual({
    at: '2018-11-16T11:04:01.702Z',
    account: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_SWED',
    amount: '150',
    currency: 'EUR',
    total: '145',
    type: 'Deposit',
    orderId: '2590840341',
    messageId: '1560785',
    username: 'merchant1',
    paid: { amount: '1500', currency: 'SEK' },
    settlementId: '1434179572',
    externalReference: null,
  })
  expect(lines[9]).toMatchObject({ orderId: null, paid: null })
})

test.each(['extraref', 'externalreference', 'ExternalReference'])(
  'the last column is read under its name %s (section 14, 16)',
  async (name) => {
    const [header = '', ...rows] = settled().view_automatic_settlement_details.split('\n')
    const text = [header.replace('extraref', name), ...rows.map((row) => row.replace(/,$/, ',"order, 7"'))].join('\n')
    const { client } = play({ view_automatic_settlement_details: text })
    const [line] = await all(createReports(client).settlement({ day: '2018-11-17' }))
    expect(line?.externalReference).toBe('order, 7')
  },
)

test('a day without a settlement is not found (620, section 3.15)', async () => {
  const { client } = play({ code: '620', message: 'ERROR_UNKNOWN' })
  expect(await failure(createReports(client).settlement({ day: '2018-11-17' }))).toMatchObject({ code: 'not_found' })
})

test.each(['not,a,report\n1,2,3', 'a,b\n1,2,3', '"'])('%p is no report', async (text) => {
  const { client } = play({ view_automatic_settlement_details: text })
  expect(await failure(createReports(client).settlement({ day: '2018-11-17' }))).toMatchObject({
    code: 'no_valid_response',
  })
})

test('balance and withdrawals are given as Trustly writes them (java-response-balance, -getwithdrawals)', async () => {
  const balance = play(answerOf('java-response-balance'))
  expect(await createReports(balance.client).balance()()).toEqual(
    right([
      { currency: 'DKK', balance: '80.64' },
      { currency: 'EUR', balance: '10.83' },
      { currency: 'SEK', balance: '1403.64' },
    ]),
  )
  // `eta: null` breaks the vendor's own JavaScript client (section 3.14).
  const [first] = answerOf('java-response-getwithdrawals') as readonly JsonObject[]
  const { client } = play([{ ...first, eta: null }])
  const answer = await createReports(client).withdrawals('1436557899')()
  expect(!isLeft(answer) && answer.right).toEqual([expect.objectContaining({ transferstate: 'CONFIRMED', eta: null })])
})

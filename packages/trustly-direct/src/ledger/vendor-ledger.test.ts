import type { Decimal } from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { ledgerKind, settledKind } from './line-kind.ts'
import { vendorLedger } from './vendor-ledger.ts'

const signal = new AbortController().signal
const all = async <A>(lines: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const line of lines) found.push(line)
  return found
}

test('the lines of the published ledger are a payment and its fee (java-response-accountledger)', async () => {
  const { client } = play(answerOf('java-response-accountledger'))
  expect(await all(vendorLedger(client).lines({ from: '2014-01-30', to: '2014-01-30' }, signal))).toEqual([
    {
      at: '2014-01-30T12:28:45.652Z',
      kind: 'payment',
      amount: '5',
      currency: 'EUR',
      vendorId: '3209647863',
      merchantReference: '133921',
      text: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_ESSE: User deposit of client funds to CLIENT_FUNDS_SWEDEN_ESSE',
    },
    expect.objectContaining({ kind: 'fee', amount: '-3.01', currency: 'SEK' }),
  ])
})

test('every line of the published settlement report has a kind (java-response-settlementreport)', async () => {
  const { client } = play(answerOf('java-response-settlementreport'))
  const lines = await all(vendorLedger(client).settled('2018-11-17', signal))
  expect(lines.map(({ kind }) => kind)).toEqual([
    'payment',
    'fee',
    'refund',
    'fee',
    'payout',
    'fee',
    'fee',
    'payment',
    'exchange',
    'fee',
  ])
  expect(new Set(lines.map(({ settlement, total }) => `${settlement} ${total}`))).toEqual(new Set(['1434179572 145']))
})

test('a day without a settlement has no lines (620)', async () => {
  const { client } = play({ code: '620', message: 'ERROR_UNKNOWN' })
  expect(await all(vendorLedger(client).settled('2018-11-17', signal))).toEqual([])
})

test('the balance is of each currency (java-response-balance)', async () => {
  const { client } = play(answerOf('java-response-balance'))
  expect(await all(vendorLedger(client).balances(signal))).toEqual([
    { currency: 'DKK', amount: '80.64' },
    { currency: 'EUR', amount: '10.83' },
    { currency: 'SEK', amount: '1403.64' },
  ])
})

test('a refused report is an error, not an empty day', async () => {
  const { client } = play({ code: '602', message: 'ERROR_FUNCTION_ACCESS_DENIED' })
  await expect(all(vendorLedger(client).settled('2018-11-17', signal))).rejects.toMatchObject({ code: 'misconfigured' })
  await expect(all(vendorLedger(client).lines({ from: '2018-11-17', to: '2018-11-17' }, signal))).rejects.toMatchObject(
    { code: 'misconfigured' },
  )
})

const ledgerLine = (
  account: string,
  amount: string,
  more: { type?: string; orderId?: string; messageId?: string },
) => ({
  account,
  amount: amount as Decimal,
  type: more.type ?? '',
  orderId: more.orderId ?? null,
  messageId: more.messageId ?? null,
})
const queued = 'BANK_WITHDRAWAL_QUEUED'
const refund = { orderId: '1', messageId: 'Refund 2018-11-16 13:53:21.019497+01 9567705' }
const payout = { orderId: '1', messageId: 'payout-1' }

test.each([
  ['SUSPENSE_ACCOUNT_CLIENT_FUNDS_SPAIN_BBVA', '1', payout, 'payment'],
  ['SUSPENSE_ACCOUNT_CLIENT_FUNDS_SPAIN_BBVA', '-1', payout, 'reversal'],
  [queued, '-1', refund, 'refund'],
  [queued, '1', refund, 'refund_return'],
  [queued, '-1', payout, 'payout'],
  [queued, '1', payout, 'payout_return'],
  [queued, '-1', {}, 'settlement'],
  ['TRANSACTION_FEE_BANK_WITHDRAWAL', '-1', {}, 'fee'],
  ['SUPPORT_FEE_MANUAL_SETTLEMENTS', '-1', {}, 'fee'],
  ['FOREIGN_EXCHANGE_SPREAD', '1', { orderId: '1' }, 'exchange'],
  ['ANY', '1', { type: 'Automatic Float Adjustment' }, 'back_office'],
  ['ANY', '1', { type: 'Correction' }, null],
  ['SUSPENSE_ACCOUNT_CLIENT_FUNDS_SPAIN_BBVA', '0', payout, null],
])('the ledger line %s %s %j is: %s', (account, amount, more, kind) => {
  expect(ledgerKind(ledgerLine(account, amount, more))).toBe(kind)
})

test.each([
  ['Charge', '-1', 'reversal'],
  ['Withdraw', '-1', 'payout'],
  ['Failed Refund', '1', 'refund_return'],
  ['Failed AccountPayout', '1', 'payout_return'],
  ['Failed Refund Fee', '-1', 'fee'],
  ['Settlement Fee', '-1', 'fee'],
  ['Float Adjustment', '1', 'back_office'],
  ['Automatic Float Adjustment', '-1', 'back_office'],
  ['Refund', '1', null],
  ['Failed Refund', '-1', null],
  ['deposit', '1', null],
  ['Chargeback', '-1', null],
  ['Other', '1', null],
])('the settled line %s %s is: %s', (type, amount, kind) => {
  expect(settledKind({ type, amount: amount as Decimal })).toBe(kind)
})

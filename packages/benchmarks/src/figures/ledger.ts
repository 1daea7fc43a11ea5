import { randomUUID } from 'node:crypto'
import { isLeft, right, type Transport } from '@railswitch/core/provider'
import { compare } from '../measurement/compare.ts'
import type { Figure, Measured, MeasureOptions } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import { signedResponse, trustlyProvider } from '../vendors/trustly.ts'

/** Lines of a ledger in Trustly's form. @see https://docs.trustly.com/api/accountledger (read 2026-11-21) */
const ledgerLines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    userid: `${3_839_426_635 + index}`,
    datestamp: '2026-11-29 12:20:42.123456+00',
    orderid: `${2_190_971_587 + index}`,
    accountname: index % 2 === 0 ? 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_SEB' : 'TRANSACTION_FEE_BANK_DEPOSIT',
    messageid: `order-${index}.1.0123456789abcdef`,
    transactiontype: 'User deposit of client funds CREDIT',
    currency: 'SEK',
    amount: `${index % 1000}.90000000000000000000`,
    gluepayid: `${3_000_000_000 + index}`,
  }))

export const ledgerResponse: Figure = {
  id: 'P4',
  what: 'ledger: the signed call, its response verified and read without loss',
  beside: 'JSON.parse of the response',
  hold: { most: 1.8 },
  reach: { most: 1.3 },
  measure: async (options) => [
    await measureLedger('1.2 MB', 3_700, options),
    await measureLedger('12 MB', 37_000, options),
  ],
}

const measureLedger = async (of: string, lines: number, { effort }: MeasureOptions): Promise<Measured> => {
  const uuid = randomUUID()
  const data = ledgerLines(lines)
  const response = signedResponse('AccountLedger', uuid, data)
  const text = response.toString()
  const transport: Transport = () => async () => right({ status: 200, contentType: 'application/json', body: response })
  const { native } = trustlyProvider(transport)
  const period = { FromDate: '2026-11-29', ToDate: '2026-11-30', Currency: 'SEK' } as const
  const ours = async () => {
    const ledger = await native.accountLedger(period, { uuid })()
    if (isLeft(ledger)) throw ledger.left
    return ledger.right
  }
  const [first] = await ours()
  if (first?.amount !== data[0]?.amount) throw new Error('P4: an amount has lost digits')
  const { speed, control, ...times } = await compare(ours, () => JSON.parse(text), effort)
  return { of, value: 1 / speed, control, detail: milliseconds(times) }
}

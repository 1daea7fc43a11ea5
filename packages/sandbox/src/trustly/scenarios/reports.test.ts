import { keys } from '../../__fixtures__/keys.ts'
import { ask, call, placeDeposit, refundData, registerAccount, sample, shape } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

let sandbox: Sandbox
let time: Date

beforeEach(async () => {
  time = new Date('2018-11-16T12:52:22.293Z')
  sandbox = await startSandbox({ now: () => time, trustly: { keys, redeliverAfterMs: [] } })
})

afterEach(() => sandbox.close())

const deposit = async (attributes = {}, data = {}) => {
  const { orderId } = await placeDeposit(sandbox, data, { Currency: 'EUR', Country: 'FI', ...attributes })
  sandbox.trustly.complete(orderId)
  return orderId
}
const refund = (orderId: string, amount: string, currency = 'EUR') =>
  call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderId, amount, currency))
const orderOf = (orderId: string) => sandbox.trustly.books().orders.find((order) => order.orderId === orderId)

describe('Balance', () => {
  test('lists every currency, as published', async () => {
    await deposit({ Amount: '10.83' })
    await deposit({ Amount: '80.64', Currency: 'DKK' })
    await deposit({ Amount: '1403', Currency: 'HUF' })
    const answer = await ask(sandbox, 'Balance', {}, null)
    expect(shape(answer)).toEqual(shape(sample('java-response-balance')))
    expect(answer.result.data).toEqual([
      { currency: 'DKK', balance: '80.64' },
      { currency: 'EUR', balance: '10.83' },
      { currency: 'HUF', balance: '1403' },
    ])
  })

  test('is signed though its data is an array, and empty at first', async () => {
    expect((await ask(sandbox, 'Balance')).result.data).toEqual([])
  })
})

describe('AccountLedger', () => {
  const ledger = (FromDate: string | null, ToDate: string, Currency: string | null = null) =>
    ask(sandbox, 'AccountLedger', { FromDate, ToDate, Currency }, null)

  test('has the published members and formats', async () => {
    const orderId = await deposit({ Amount: '5.00' })
    await refund(orderId, '3.01')
    const answer = await ledger('2018-11-16', '2018-11-17')
    expect(shape(answer)).toEqual(shape(sample('java-response-accountledger')))
    const [received, sent] = answer.result.data
    expect(received).toEqual({
      userid: expect.stringMatching(/^[1-9]\d{9}$/),
      datestamp: expect.stringMatching(/^2018-11-16 13:52:22\.293\d{0,3}\+01$/),
      orderid: orderId,
      accountname: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_FINLAND_ESSE',
      messageid: orderOf(orderId)?.messageId,
      transactiontype: 'User deposit of client funds to CLIENT_FUNDS_FINLAND_ESSE',
      currency: 'EUR',
      amount: '5.00000000000000000000',
      gluepayid: orderId,
    })
    expect(sent).toMatchObject({ accountname: 'BANK_WITHDRAWAL_QUEUED', amount: '-3.01' })
  })

  test('goes from FromDate up to, but without, ToDate, in one currency or all', async () => {
    await deposit()
    time = new Date('2018-11-17T00:00:00Z')
    await deposit({ Currency: 'SEK', Country: 'SE' })
    const currencies = async (...asked: Parameters<typeof ledger>) =>
      (await ledger(...asked)).result.data.map(({ currency }: { currency: string }) => currency)
    expect(await currencies('2018-11-16', '2018-11-17')).toEqual(['EUR'])
    expect(await currencies('2018-11-17', '2018-11-18')).toEqual(['SEK'])
    expect(await currencies('2018-11-16', '2018-11-18')).toEqual(['EUR', 'SEK'])
    expect(await currencies('2018-11-16', '2018-11-18', 'SEK')).toEqual(['SEK'])
    expect(await currencies('2018-11-16 00:00:00', '2018-11-18 00:00:00', 'EUR')).toEqual(['EUR'])
  })

  test.each(['2018-02-30', '16.11.2018', '', null])('answers 623 to the date %j', async (date) => {
    expect((await ledger(date, '2018-11-17')).error).toMatchObject({ code: 623, message: 'ERROR_INVALID_PARAMETERS' })
  })
})

describe('GetWithdrawals', () => {
  const withdrawals = (OrderID: string) => ask(sandbox, 'GetWithdrawals', { OrderID }, null)

  test('shows a payout with the published members', async () => {
    sandbox.trustly.fund('100.00', 'SEK')
    const AccountID = await registerAccount(sandbox)
    const { result } = await ask(sandbox, 'AccountPayout', { AccountID })
    sandbox.trustly.confirmPayout(result.data.orderid)
    const answer = await withdrawals(result.data.orderid)
    expect(shape(answer)).toEqual(shape(sample('java-response-getwithdrawals')))
    expect(answer.result.data[0]).toMatchObject({
      transferstate: 'CONFIRMED',
      amount: '100.00',
      currency: 'SEK',
      accountid: AccountID,
      orderid: result.data.orderid,
    })
  })

  test('shows each refund of a deposit', async () => {
    const orderId = await deposit()
    await refund(orderId, '1.00')
    await refund(orderId, '2.00')
    sandbox.trustly.returnRefund(orderId, '2.00')
    const { result } = await withdrawals(orderId)
    expect(result.data).toMatchObject([
      { transferstate: 'EXECUTED', amount: '1.00' },
      { transferstate: 'RETURNED', amount: '2.00' },
    ])
    sandbox.trustly.change({ nullMembers: true })
    expect((await withdrawals(orderId)).result.data[0].eta).toBeNull()
  })

  test('knows nothing of an unknown order', async () => {
    expect((await withdrawals('1436557899')).result.data).toEqual([])
  })
})

describe('ViewAutomaticSettlementDetailsCSV', () => {
  const details = (SettlementDate: string, Currency: string | null = null) =>
    ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', { SettlementDate, Currency })
  const rowsOf = async (...asked: Parameters<typeof details>): Promise<string[]> =>
    (await details(...asked)).result.data.view_automatic_settlement_details.split('\n')

  test('has the published header, formats and order', async () => {
    const orderId = await deposit({ Amount: '100.00', ExternalReference: 'ext 1' }, { MessageID: '9567705' })
    time = new Date('2018-11-16T12:53:21.019Z')
    await refund(orderId, '40.00')
    const published: string = sample('java-response-settlementreport').result.data.view_automatic_settlement_details
    const [header, sent, received, end] = await rowsOf('2018-11-17', 'EUR')
    expect(header).toBe(published.split('\n')[0])
    const { username } = sandbox.trustly.merchant
    expect(received).toMatch(
      new RegExp(
        `^"2018-11-16 12:52:22.293\\d*\\+00",SUSPENSE_ACCOUNT_CLIENT_FUNDS_FINLAND_ESSE,EUR,100.00,60.00,${orderId},Deposit,9567705,${username},,,\\d{10},"ext 1"$`,
      ),
    )
    expect(sent).toMatch(
      new RegExp(
        `^"2018-11-16 12:53:21.019\\d*\\+00",BANK_WITHDRAWAL_QUEUED,EUR,-40.00,60.00,${orderId},Refund,"Refund 2018-11-16 13:53:21.019\\d*\\+01 9567705",${username},,,\\d{10},$`,
      ),
    )
    expect(end).toBe('')
  })

  test('reports the day before, in one currency or all', async () => {
    await deposit()
    await deposit({ Currency: 'SEK', Country: 'SE' })
    expect(await rowsOf('2018-11-17')).toHaveLength(4)
    expect(await rowsOf('2018-11-17', 'SEK')).toHaveLength(3)
  })

  test('is 620 on a day without a settlement, or one that ended in debt', async () => {
    expect((await details('2018-11-17')).error.code).toBe(620)
    const orderId = await deposit()
    time = new Date('2018-11-17T01:00:00Z')
    await refund(orderId, '10.00')
    expect((await details('2018-11-18')).error.code).toBe(620)
    expect((await details('2018-11-16')).error.code).toBe(620)
  })

  test('asks for the version 1.2', async () => {
    const asked = { SettlementDate: '2018-11-17' }
    const answer = await ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', asked, { APIVersion: '1.1' })
    expect(answer.error.code).toBe(623)
  })
})

describe('MerchantSettlement', () => {
  test('pays the merchant, after a first settlement in the back office', async () => {
    await deposit({ Amount: '900.00' })
    const settle = (Amount: string, MessageID: string) =>
      ask(sandbox, 'MerchantSettlement', { Amount, Currency: 'EUR', MessageID }, null)
    expect((await settle('800.00', '1')).error).toMatchObject({
      code: 621,
      message: 'ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND',
    })
    sandbox.trustly.settle('50.00', 'EUR')
    const answer = await settle('800.00', '2')
    expect(shape(answer)).toEqual(shape(sample('docs-response-merchantsettlement')))
    expect(sandbox.trustly.books().balance).toEqual({ EUR: '50.00' })
    expect((await settle('50.01', '3')).error).toMatchObject({ code: 603, message: 'ERROR_INSUFFICIENT_FUNDS' })
    expect((await settle('1.00', '2')).error.code).toBe(637)
  })
})

describe('the automatic settlement', () => {
  const details = async (SettlementDate: string): Promise<string[][]> => {
    const { result } = await ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', { SettlementDate, Currency: null })
    const rows: string[] = result.data.view_automatic_settlement_details.trimEnd().split('\n').slice(1)
    return rows.map((row) => row.split(','))
  }
  const ledgerOf = async (FromDate: string, ToDate: string) =>
    (await ask(sandbox, 'AccountLedger', { FromDate, ToDate, Currency: null }, null)).result.data.map(
      ({ accountname, amount, orderid }: Record<string, string>) => [accountname, Number(amount), orderid === ''],
    )

  test('pays everything before its midnight, and its fee is in the next one', async () => {
    sandbox.trustly.change({ fee: '1.00' })
    await deposit({ Amount: '100.00' })
    time = new Date('2018-11-17T05:30:00Z')
    await deposit({ Amount: '50.00' })
    sandbox.trustly.automaticSettlement('2018-11-17')
    expect((await details('2018-11-17')).map((row) => [row[6], row[3], row[4]])).toEqual([
      ['"Deposit Fee"', '-1.00', '99.00'],
      ['Deposit', '100.00', '99.00'],
    ])
    expect(sandbox.trustly.books().balance).toEqual({ EUR: '48.00' })
    expect(await ledgerOf('2018-11-17', '2018-11-18')).toEqual([
      ['SUSPENSE_ACCOUNT_CLIENT_FUNDS_FINLAND_ESSE', 50, false],
      ['TRANSACTION_FEE_BANK_DEPOSIT', -1, false],
      ['BANK_WITHDRAWAL_QUEUED', -99, true],
      ['TRANSACTION_FEE_BANK_WITHDRAWAL', -1, true],
    ])
    time = new Date('2018-11-18T05:30:00Z')
    sandbox.trustly.automaticSettlement('2018-11-18')
    expect((await details('2018-11-18')).map((row) => [row[6], row[3], row[4]])).toEqual([
      ['"Settlement Fee"', '-1.00', '48.00'],
      ['"Deposit Fee"', '-1.00', '48.00'],
      ['Deposit', '50.00', '48.00'],
    ])
  })

  test('is not executed with a negative total or above the balance; the next one has the same lines', async () => {
    const settlementOn = (day: string) => {
      time = new Date(`${day}T05:30:00Z`)
      sandbox.trustly.automaticSettlement(day)
    }
    const orderId = await deposit({ Amount: '100.00' })
    settlementOn('2018-11-17')
    sandbox.trustly.debit(orderId, '20.00')
    settlementOn('2018-11-18')
    expect((await ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', { SettlementDate: '2018-11-18' })).error.code).toBe(
      620,
    )
    await deposit({ Amount: '50.00' })
    sandbox.trustly.settle('5.00', 'EUR')
    settlementOn('2018-11-19')
    expect(sandbox.trustly.books().balance).toEqual({ EUR: '25.00' })
    sandbox.trustly.fund('5.00', 'EUR')
    sandbox.trustly.settle('5.00', 'EUR')
    settlementOn('2018-11-20')
    expect(sandbox.trustly.books().balance).toEqual({ EUR: '25.00' })
  })

  test('has an exchange with its other side', async () => {
    sandbox.trustly.fund('1000.00', 'SEK')
    sandbox.trustly.exchange({ amount: '1000.00', currency: 'SEK' }, { amount: '100.00', currency: 'EUR' })
    time = new Date('2018-11-17T05:30:00Z')
    sandbox.trustly.automaticSettlement('2018-11-17')
    const [row = []] = await details('2018-11-17')
    expect([row[1], row[2], row[3], row[6], row[9], row[10]]).toEqual([
      'FOREIGN_EXCHANGE_SPREAD',
      'EUR',
      '100.00',
      'FX',
      '1000.00',
      'SEK',
    ])
  })
})

import {
  call,
  captureOf,
  creditedDeposit,
  depositFields,
  elements,
  type Fields,
  paymentOf,
  placeDeposit,
  post,
  query,
  signedBody,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import { type PayablAssumptions, walkCheckout } from '../../index.ts'
import { assume } from './assumptions.ts'
import { openQuestions } from './open-questions.ts'

// No outside fact: that these are open is the fact, each in the section of protocol/payabl.md that its row names.

let shop: Awaited<ReturnType<typeof startShop>>
let time: Date
const started: PayablAlone[] = []

beforeEach(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  shop = await startShop()
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()))
  await shop.close()
})

const start = async (assumptions: Partial<PayablAssumptions>) => {
  const one = await startPayablAlone(
    { assumptions, account: { balance: { EUR: '100.00', SEK: '100.00' } } },
    () => time,
  )
  started.push(one)
  return one
}

type Probe = (one: PayablAlone) => Promise<unknown>

type Case<Answer> = {
  readonly other: Answer
  readonly probe: Probe
  /** What is seen with the usual answer, and with the other one. */
  readonly seen: readonly [usual: unknown, other: unknown]
  /** What else must be assumed for the difference to be seen. */
  readonly along?: Partial<PayablAssumptions>
}

const answerTo =
  (action: string, fields: Fields, name = 'status'): Probe =>
  async (one) =>
    (await call(one, action, fields))[name]
const deposit = (overrides: Fields = {}, name = 'status') =>
  answerTo('payment_preauthorize', depositFields(overrides), name)

const place = (one: PayablAlone, overrides: Fields = {}) =>
  placeDeposit(one, { notification_url: shop.url, ...overrides })
const credited = (one: PayablAlone, overrides: Fields = {}) =>
  creditedDeposit(one, { notification_url: shop.url, ...overrides })

const earlier = async (one: PayablAlone, action: string, overrides: Fields = {}) => {
  const transactionid = await credited(one)
  return call(one, action, { transactionid, amount: '1.00', currency: 'EUR', payment_method: '116', ...overrides })
}
const newAccount = (one: PayablAlone, overrides: Fields = {}) =>
  call(one, 'payment_cft', {
    amount: '25.00',
    currency: 'EUR',
    payment_method: '116',
    bankcountry: 'DE',
    accountnumber: 'DE89370400440532013000',
    email: 'test@test.com',
    birthday: '01011970',
    firstname: 'Max',
    lastname: 'Mustermann',
    notification_url: shop.url,
    ...overrides,
  })

/** The notifications of what happens, as far as reported. */
const notifications = async (one: PayablAlone, happen: () => unknown) => {
  await one.payabl.idle()
  const before = shop.received.length
  await happen()
  await one.payabl.idle()
  return shop.received.slice(before).map(({ fields }) => fields)
}
const notificationsOf = (
  happen: (one: PayablAlone, id: string) => unknown,
  name: string,
  begin: (one: PayablAlone) => Promise<string> = async (one) => (await place(one)).id,
): Probe => {
  return async (one) => {
    const id = await begin(one)
    return (await notifications(one, () => happen(one, id))).map((fields) => fields[name])
  }
}

const today: Fields = { start_date: '20.11.2026', end_date: '20.11.2026' }
const diagnose = (one: PayablAlone, fields: Fields) => query(one, 'tx_diagnose', fields)
const accepted = async (one: PayablAlone) => {
  const { id } = await place(one)
  one.payabl.accept(id)
  return id
}
const reported = (name: string, fields: (id: string) => Fields): Probe => {
  return async (one) => elements(await diagnose(one, fields(await accepted(one))), name)
}
const byId = (transactionid: string): Fields => ({ type: 'tx', transactionid })
const listOf = (type: string) => (): Fields => ({ type, ...today })
const payout: Probe = async (one) => (await newAccount(one)).status

const cases: { readonly [Name in keyof PayablAssumptions]: Case<PayablAssumptions[Name]> } = {
  path: {
    other: 'apm_gw',
    probe: async (one) => `${new URL(one.payabl.url).pathname} ${await deposit()(one)}`,
    seen: ['/pay/backoffice 2000', '/apm_gw 2000'],
  },
  answerContentType: {
    other: '',
    probe: async (one) => (await post(one, 'payment_refund', '')).headers.get('content-type'),
    seen: ['text/plain; charset=ISO-8859-1', null],
  },
  latin1Only: { other: true, probe: deposit({ firstname: 'Jürgen' }), seen: ['2000', '-6000'] },
  badSignatureStatus: {
    other: -6000,
    probe: async (one) => {
      const body = signedBody({ merchantid: one.payabl.merchant.merchantId }, 'wrong')
      return new URLSearchParams(await (await post(one, 'payment_refund', body)).text()).get('status')
    },
    seen: ['-999', '-6000'],
  },
  duplicateNames: {
    other: 'first',
    probe: async (one) => {
      const { merchantId, secret } = one.payabl.merchant
      const body = signedBody({ merchantid: merchantId, ...depositFields({ amount: '7.00' }) }, secret)
      return new URLSearchParams(await (await post(one, 'payment_preauthorize', `amount=9&${body}`)).text()).get(
        'amount',
      )
    },
    seen: ['7.00', ''],
  },
  duplicateGuard: {
    other: -2407,
    probe: async (one) => {
      const statuses = [await deposit()(one), await deposit()(one)]
      time = new Date(time.getTime() + 60_000)
      return [...statuses, await deposit()(one)]
    },
    seen: [
      ['2000', '2000', '2000'],
      ['2000', '-2407', '2000'],
    ],
  },
  wrongFieldStatus: { other: -6000, probe: deposit({ amount: '8.5' }), seen: ['-6102', '-6000'] },
  wrongCountryStatus: { other: -6104, probe: deposit({ country: 'FRA' }), seen: ['-6000', '-6104'] },
  wrongMobileStatus: { other: -6000, probe: deposit({ mobile: '+49' }), seen: ['-6122', '-6000'] },
  echo: { other: 'empty', probe: deposit({}, 'orderid'), seen: ['trustly-0001', ''] },
  neededFields: {
    other: 'marked',
    probe: deposit({ language: undefined, firstname: undefined, url_success: undefined, url_return: undefined }),
    seen: ['-6000', '2000'],
  },
  repeatedOrderid: {
    other: -2407,
    probe: async (one) => {
      const statuses = [await deposit()(one), await deposit()(one), await deposit({ orderid: 'another' })(one)]
      return [...statuses, await deposit({ orderid: '' })(one), await deposit({ orderid: '' })(one)]
    },
    seen: [
      ['2000', '2000', '2000', '2000', '2000'],
      ['2000', '-2407', '2000', '2000', '2000'],
    ],
  },
  longestOrderid: { other: 30, probe: deposit({ orderid: 'x'.repeat(31) }), seen: ['2000', '-6000'] },
  longestName: { other: 30, probe: deposit({ lastname: 'x'.repeat(31) }), seen: ['2000', '-6105'] },
  amountDecimals: { other: 'any', probe: deposit({ amount: '2.7' }, 'amount'), seen: ['', '2.70'] },
  payInCountries: { other: 'header', probe: deposit({ country: 'CZE' }), seen: ['2000', '-6000'] },
  pendingStatus: {
    other: 0,
    probe: async (one) => [await deposit()(one), await deposit({}, 'errormessage')(one)],
    seen: [
      ['2000', 'pending'],
      ['0', 'pending'],
    ],
  },
  redirectUrlEncoded: {
    other: 'twice',
    probe: async (one) => (await placeDeposit(one)).url.slice(0, 9),
    seen: ['http://12', 'http%3A%2'],
  },
  paymentGuarantee: { other: 'present', probe: deposit({}, 'payment_guarantee'), seen: [undefined, '0'] },
  refusedTransactionId: {
    other: 'present',
    probe: deposit({ amount: '0' }, 'transactionid'),
    seen: ['', expect.stringMatching(/^\d{9}$/)],
  },
  landing: {
    other: 'outcome',
    probe: async (one) => walkCheckout((await placeDeposit(one)).url),
    seen: ['https://shop.example/return', 'https://shop.example/ok'],
  },
  pendingReversal: {
    other: 'cancels',
    probe: async (one) => {
      const { id: transactionid } = await place(one)
      const { status } = await call(one, 'payment_reversal', { transactionid })
      return [status, paymentOf(one, transactionid)?.transactions[0]?.state]
    },
    seen: [
      ['-104', 'pending'],
      ['0', 'aborted'],
    ],
  },
  refundStatus: {
    other: 2000,
    probe: async (one) => (await earlier(one, 'payment_refund')).status,
    seen: ['0', '2000'],
  },
  refundId: {
    other: 'original',
    probe: async (one) => {
      const { transactionid = '' } = await earlier(one, 'payment_refund')
      return captureOf(one, transactionid)?.transactionId === transactionid
    },
    seen: [false, true],
  },
  refusedRefundStatus: {
    other: -5002,
    probe: async (one) => {
      const transactionid = captureOf(one, await accepted(one))?.transactionId
      return answerTo('payment_refund', { transactionid, amount: '1.00', currency: 'EUR' })(one)
    },
    seen: ['-5007', '-5002'],
  },
  refundUrl: {
    other: 'request',
    along: { tellsRefunds: true },
    probe: async (one) => {
      const transactionid = await creditedDeposit(one)
      const fields = { transactionid, amount: '1.00', currency: 'EUR', notification_url: shop.url }
      return (await notifications(one, () => call(one, 'payment_refund', fields))).map(({ type }) => type)
    },
    seen: [[], ['refund']],
  },
  payoutStatus: { other: 2000, probe: payout, seen: ['0', '2000'] },
  payoutUrl: {
    other: 'account',
    probe: notificationsOf(
      (one, id) => one.payabl.failPayout(id),
      'type',
      async (one) => (await newAccount(one)).transactionid ?? '',
    ),
    seen: [['cft'], []],
  },
  payoutCurrency: {
    other: 'any',
    probe: async (one) => (await earlier(one, 'payment_cft', { currency: 'SEK' })).status,
    seen: ['-6103', '0'],
  },
  takesFirstId: {
    other: true,
    probe: async (one) => {
      const { id: transactionid } = await place(one)
      one.payabl.credit(transactionid)
      const fields = { transactionid, amount: '1.00', currency: 'EUR', payment_method: '116' }
      return [await answerTo('payment_refund', fields)(one), await answerTo('payment_cft', fields)(one)]
    },
    seen: [
      ['-6000', '-6000'],
      ['0', '0'],
    ],
  },
  payoutName: {
    other: 'accountname',
    probe: async (one) => [
      (await newAccount(one)).status,
      (await newAccount(one, { firstname: undefined, lastname: undefined, accountname: 'Max Mustermann' })).status,
    ],
    seen: [
      ['0', '-1311'],
      ['-1311', '0'],
    ],
  },
  payoutBirthday: {
    other: 'any',
    probe: async (one) => (await newAccount(one, { birthday: '1970-01-01' })).status,
    seen: ['-6115', '0'],
  },
  payoutAccount: {
    other: 'any',
    probe: async (one) => (await newAccount(one, { accountnumber: '1' })).status,
    seen: ['-1318', '0'],
  },
  shortBalance: {
    other: 'refused',
    probe: async (one) => (await newAccount(one, { amount: '100.01' })).status,
    seen: ['0', '-5008'],
  },
  shortBalanceErrorcode: {
    other: '-6200',
    probe: async (one) =>
      (await notifications(one, () => newAccount(one, { amount: '100.01' }))).map((fields) => fields.errorcode),
    seen: [['-5008'], ['-6200']],
  },
  tellsPayoutFailures: {
    other: false,
    probe: async (one) => {
      const { transactionid = '' } = await newAccount(one)
      const types = (await notifications(one, () => one.payabl.failPayout(transactionid))).map(({ type }) => type)
      return [...types, paymentOf(one, transactionid)?.transactions[0]?.state]
    },
    seen: [['cft', 'failed'], ['failed']],
  },
  payoutFailureType: {
    other: 'refund',
    probe: async (one) =>
      (await notifications(one, () => newAccount(one, { amount: '100.01' }))).map(({ type }) => type),
    seen: [['cft'], ['refund']],
  },
  payoutFailureErrorcode: {
    other: '-5002',
    probe: notificationsOf(
      (one, id) => one.payabl.failPayout(id),
      'errorcode',
      async (one) => (await newAccount(one)).transactionid ?? '',
    ),
    seen: [['-5008'], ['-5002']],
  },
  captureId: {
    other: 'same',
    probe: async (one) => {
      const { id } = await place(one)
      return (await notifications(one, () => one.payabl.credit(id))).map(({ transactionid }) => transactionid === id)
    },
    seen: [[false], [true]],
  },
  chargebackId: {
    other: 'original',
    probe: async (one) => {
      const id = await credited(one)
      return (await notifications(one, () => one.payabl.chargeBack(id))).map(
        ({ transactionid }) => transactionid === id,
      )
    },
    seen: [[false], [true]],
  },
  notCreditedErrorcode: {
    other: '-5002',
    probe: notificationsOf((one, id) => one.payabl.fail(id), 'errorcode'),
    seen: [['0'], ['-5002']],
  },
  tellsAborts: {
    other: false,
    probe: notificationsOf((one, id) => one.payabl.abort(id), 'errorcode'),
    seen: [['-5003'], []],
  },
  abortErrorcode: {
    other: '-1315',
    probe: notificationsOf((one, id) => one.payabl.abort(id), 'errorcode'),
    seen: [['-5003'], ['-1315']],
  },
  expiryErrorcode: {
    other: '-5003',
    probe: async (one) => {
      const { url } = await place(one)
      time = new Date(time.getTime() + 31 * 60_000)
      return (await notifications(one, () => fetch(url))).map(({ errorcode }) => errorcode)
    },
    seen: [['-1315'], ['-5003']],
  },
  abortState: {
    other: 'absent',
    probe: notificationsOf((one, id) => one.payabl.abort(id), 'payment_state'),
    seen: [['not_credited'], [undefined]],
  },
  tellsRefunds: {
    other: true,
    probe: notificationsOf((one, id) => one.payabl.refundFromDashboard(id), 'type', credited),
    seen: [[], ['refund']],
  },
  refundType: {
    other: 'reversal',
    along: { tellsRefunds: true },
    probe: notificationsOf((one, id) => one.payabl.refundFromDashboard(id), 'type', credited),
    seen: [['refund'], ['reversal']],
  },
  chargebackType: {
    other: 'chargeback',
    probe: notificationsOf((one, id) => one.payabl.chargeBack(id), 'type', credited),
    seen: [['chb'], ['chargeback']],
  },
  tellsChargebacks: {
    other: false,
    probe: notificationsOf((one, id) => one.payabl.chargeBack(id), 'type', credited),
    seen: [['chb'], []],
  },
  omittedFields: {
    other: ['currency', 'payment_method'],
    probe: notificationsOf((one, id) => one.payabl.credit(id), 'currency'),
    seen: [['EUR'], [undefined]],
  },
  customerFields: {
    other: 'latin1',
    probe: notificationsOf((one, id) => one.payabl.credit(id), 'account_holder'),
    seen: [[undefined], ['Muster Mann']],
  },
  bankCountry: {
    other: 'alpha-3',
    along: { customerFields: 'utf8' },
    probe: notificationsOf((one, id) => one.payabl.credit(id), 'bank_country'),
    seen: [['SE'], ['SWE']],
  },
  acknowledgement: {
    other: '200 OK',
    probe: async (one) => {
      shop.answers.push(
        (response) => response.end('thanks'),
        (response) => response.writeHead(204).end(),
        (response) => response.end('OK\n'),
      )
      const id = await accepted(one)
      one.payabl.credit(id)
      one.payabl.chargeBack(id)
      await one.payabl.idle()
      return paymentOf(one, id)?.transactions.flatMap(({ notifications }) =>
        notifications.map(({ outcome }) => outcome),
      )
    },
    seen: [
      ['accepted', 'accepted', 'accepted'],
      ['the body is not OK', 'HTTP status 204', 'accepted'],
    ],
  },
  resendTimestamp: {
    other: 'same',
    probe: async (one) => {
      const { id: transactionid } = await place(one)
      one.payabl.credit(transactionid)
      await one.payabl.idle()
      time = new Date(time.getTime() + 1000)
      const again = await notifications(one, () => query(one, 'send_notification', { transactionid }))
      return again.map(({ timestamp }) => timestamp)
    },
    seen: [['1795166401'], ['1795166400']],
  },
  diagnoseDates: {
    other: 'optional',
    probe: reported('status', () => ({ type: 'orderid', orderid: 'trustly-0001' })),
    seen: [['-6000'], ['0']],
  },
  widestDiagnoseDays: {
    other: 30,
    probe: async (one) => {
      const dates = { start_date: '01.10.2026', end_date: '01.11.2026' }
      await diagnose(one, { type: 'refund', ...dates })
      return one.payabl.requests().at(-1)?.status
    },
    seen: [0, 504],
  },
  visibleAfterSeconds: {
    other: 60,
    probe: async (one) => {
      const transactionid = await accepted(one)
      const soon = elements(await diagnose(one, byId(transactionid)), 'transaction_id')
      time = new Date(time.getTime() + 60_000)
      return [soon, elements(await diagnose(one, byId(transactionid)), 'transaction_id')].map(({ length }) => length)
    },
    seen: [
      [1, 1],
      [0, 1],
    ],
  },
  diagnoseNothing: { other: 'error', probe: reported('status', () => byId('1')), seen: [['0'], ['-6000']] },
  diagnoseNotCreditedYet: {
    other: '2000',
    probe: reported('error_code', byId),
    seen: [
      ['0', '0'],
      ['2000', '2000'],
    ],
  },
  diagnoseState: {
    other: 'present',
    probe: reported('payment_state', byId),
    seen: [[], ['not_credited_yet', 'not_credited_yet']],
  },
  stepType: {
    other: 'invoice',
    probe: reported('type', byId),
    seen: [
      ['preauthorization', 'capture'],
      ['invoice', 'invoice'],
    ],
  },
  emptyStep: {
    other: 'present',
    probe: reported('order_id', byId),
    seen: [
      ['trustly-0001', 'trustly-0001'],
      ['trustly-0001', 'trustly-0001', ''],
    ],
  },
  moreLists: { other: 'unknown', probe: reported('status', listOf('pending')), seen: [['0'], ['-6000']] },
  listedCaptures: { other: 'credited', probe: reported('order_id', listOf('capture')), seen: [['trustly-0001'], []] },
  bookingDate: {
    other: 'empty',
    probe: reported('booking_date', listOf('capture')),
    seen: [['20.11.2026 10:20:00'], []],
  },
  transactionDate: {
    other: 'present',
    probe: reported('transaction_date', listOf('capture')),
    seen: [[], ['20.11.2026 10:20:00']],
  },
  spaceBeforeListedId: {
    other: false,
    probe: reported('transaction_id', listOf('capture')),
    seen: [[expect.stringMatching(/^ \d+$/)], [expect.stringMatching(/^\d+$/)]],
  },
  timeZone: {
    other: 'UTC',
    probe: reported('process_time', byId),
    seen: [['20.11.2026 10:20:00'], ['20.11.2026 09:20:00']],
  },
}

test.each(Object.entries(cases))(
  '%s makes its difference, and only when switched',
  async (name, { other, ...shown }) => {
    const { probe, seen, along = {} } = shown
    expect(await probe(await start(along))).toEqual(seen[0])
    time = new Date('2026-11-20T09:20:00Z')
    expect(await probe(await start({ ...along, [name]: other }))).toEqual(seen[1])
  },
)

test.each(Object.entries(openQuestions))('%s names the section that leaves it open', (_, { section, question }) => {
  expect(section).toMatch(/^(?:[1-9]|13)(?:\.[1-6])?$/)
  expect(question).not.toBe('')
})

test('an answer or a question that the sandbox does not know is a mistake at the start', () => {
  const unknown = (others: object) => () => assume(others)
  expect(unknown({ refundStatus: 1 })).toThrow('refundStatus is 0 or 2000.')
  expect(unknown({ timeZone: 1 })).toThrow('timeZone is a string.')
  expect(unknown({ timeZone: 'Mars/Phobos' })).toThrow('timeZone cannot be Mars/Phobos.')
  expect(unknown({ answerContentType: 'text/plain\r\nX: y' })).toThrow('answerContentType cannot be')
  expect(unknown({ gift: true })).toThrow('payabl leaves no question gift open.')
})

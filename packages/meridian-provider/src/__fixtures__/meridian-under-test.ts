import type {
  OpenedProvider,
  ProviderUnderTest,
  TamperedMessage,
  VendorControl,
  VendorMessage,
  VendorOrder,
  VendorPorts,
} from '@railswitch/conformance'
import { fromMinorUnits, type Money, right, toMinorUnits, type Transport } from '@railswitch/core/provider'
import { meridian } from '../index.ts'
import { type Account, type Bank, callbackSignature, createBank, isOut, type Payin, pressButton } from '../vendor/index.ts'

const id = 'mk_conformance1'
const secret = 'secret-of-the-first-account-0001'
const url = 'https://meridian.example/v1'

/** Meridian in this process, and its provider. */
export const meridianUnderTest: ProviderUnderTest = {
  name: 'meridian',
  open: async (ports): Promise<OpenedProvider> => {
    const bank = createBank(ports)
    const account = bank.openAccount(id, secret)
    const options = { environment: 'test', apiKey: id, secret, url }
    return {
      definition: meridian,
      options,
      transport: transportTo(bank),
      vendor: controlOf(bank, account, ports, options),
      samples: {
        country: 'SE',
        locale: 'sv-SE',
        currency: 'SEK',
        currencies: [
          { currency: 'EUR', country: 'DE' },
          { currency: 'SEK', country: 'SE' },
          { currency: 'DKK', country: 'DK' },
          { currency: 'NOK', country: 'NO' },
          { currency: 'GBP', country: 'GB' },
          { currency: 'PLN', country: 'PL' },
          { currency: 'ISK', country: 'IS' },
          { currency: 'BHD', country: 'BH' },
        ],
        bankAccount: { country: 'SE', accountNumber: 'SE45 5000 0000 0583 9825 7466' },
        mistakes: [
          { option: 'environment', value: 'production' },
          { option: 'apiKey', value: 'shop' },
          { option: 'secret', value: 'too-short' },
          { option: 'secret', value: ['secret-of-the-first-account-0001', ''] },
          { option: 'secret', value: [] },
          { option: 'url', value: 'meridian' },
          { option: 'url', value: 'http://meridian.example/v1' },
          { option: 'url', value: 'ftp://meridian.example/v1' },
        ],
        required: ['environment', 'apiKey', 'secret'],
        secrets: ['secret'],
      },
      close: async () => bank.close(),
    }
  },
}

const transportTo =
  (bank: Bank): Transport =>
  ({ method = 'POST', url: address, headers, body }) =>
  async () => {
    const { hostname, pathname, search } = new URL(address)
    if (hostname === 'pay.meridian.example') {
      const [, id = ''] = pathname.split('/')
      const location = (await pressButton(bank, id, 'cancel')) ?? '/'
      return right({ status: 303, headers: { location }, contentType: '', body: new Uint8Array() })
    }
    const path = (pathname + search).slice('/v1'.length)
    const response = bank.answer({ method, path, headers, body: Uint8Array.from(body) })
    return right({ ...response, contentType: response.headers['content-type'] ?? '' })
  }

const minorOf = (money: Money): number => Number(toMinorUnits(money))

const controlOf = (
  bank: Bank,
  account: Account,
  ports: VendorPorts,
  options: Readonly<Record<string, unknown>>,
): VendorControl => {
  const { orders } = bank
  const payin = (reference: string): Payin => found(account.payins, reference)
  const payout = (reference: string) => found(account.payouts, reference)
  const refund = (deposit: string, amount: Money, status: 'sent' | 'failed' | 'returned') => {
    const { id: payinId } = payin(deposit)
    const minor = minorOf(amount)
    const one = account.refunds.find((each) => each.payin === payinId && each.amount === minor && isOut(each.status))
    if (!one) throw new Error(`there is no refund of ${deposit} with this amount`)
    orders.changeRefund(one, status === 'returned' && one.status === 'processing' ? 'failed' : status)
  }
  return {
    credit: (reference, amount) => orders.credit(account, payin(reference), amount && minorOf(amount)),
    creditsOtherAmounts: true,
    cancel: (reference) => orders.end(account, payin(reference), 'cancelled'),
    approve: (reference) => orders.approve(account, payin(reference)),
    reverse: (reference, amount) => orders.reverse(account, payin(reference), minorOf(amount)),
    confirmRefund: async (deposit, amount) => refund(deposit, amount, 'sent'),
    returnRefund: async (deposit, amount) => refund(deposit, amount, 'returned'),
    confirmPayout: (reference) => orders.changePayout(account, payout(reference), 'sent'),
    failPayout: (reference) => {
      const one = payout(reference)
      return orders.changePayout(account, one, one.status === 'sent' ? 'returned' : 'failed')
    },
    decline: () => {
      account.refuses.customers = true
    },
    misconfigure: () => {
      account.refuses.account = true
    },
    refuseRefunds: () => {
      account.refuses.refunds = true
    },
    refusePayouts: () => {
      account.refuses.payouts = true
    },
    acceptAgain: () => Object.assign(account.refuses, { account: false, customers: false, refunds: false, payouts: false }),
    strangerPays: (reference) => strangerPays(bank, reference),
    rotateKey: () => {
      account.secrets = ['secret-of-the-first-account-0002', ...account.secrets]
      return { ...options, secret: account.secrets }
    },
    sendUnknownKind: (reference) => orders.reportUnknown(account, payin(reference)),
    forge: (message) => signedWith('secret-of-some-other-account-999', message, message.body),
    tamper,
    variants: (message) => variantsOf(account, message),
    orders: (reference) => ordersOf(account, reference),
    deliveries: () => bank.deliveries,
    receivedName: (reference) => account.details.get(payin(reference).id)?.customerName ?? '',
  }
}

const found = <A extends { readonly reference: string }>(all: readonly A[], reference: string): A => {
  const one = all.find((each) => each.reference === reference)
  if (!one) throw new Error(`Meridian has no order ${reference}`)
  return one
}

/** Another merchant of Meridian, which knows our reference and our callback address. */
const strangerPays = async (bank: Bank, reference: string): Promise<void> => {
  const stranger = bank.openAccount('mk_stranger1', 'secret-of-the-other-merchant-001')
  const page = 'https://stranger.example/'
  const opened = bank.orders.openPayin(stranger, {
    reference,
    amount: 10_000,
    currency: 'SEK',
    callbackUrl: 'https://shop.example/callbacks/rail',
    returnUrl: { success: page, failure: page, cancel: page },
    customer: { firstName: 'Another', lastName: 'Customer' },
  })
  await bank.orders.credit(stranger, opened)
}

const ordersOf = ({ payins, payouts, refunds, details }: Account, reference: string): readonly VendorOrder[] => [
  ...payins
    .filter((one) => one.reference === reference)
    .map(
      (one): VendorOrder => ({
        reference,
        kind: 'deposit',
        money: moneyOf(one),
        callbackUrl: details.get(one.id)?.callbackUrl ?? '',
        refunds: refunds.filter(({ payin, status }) => payin === one.id && isOut(status)).map(moneyOf),
        sent: null,
      }),
    ),
  ...payouts
    .filter((one) => one.reference === reference)
    .map(
      (one): VendorOrder => ({
        reference,
        kind: 'payout',
        money: moneyOf(one),
        callbackUrl: details.get(one.id)?.callbackUrl ?? '',
        refunds: [],
        sent: isOut(one.status) ? moneyOf(one) : null,
      }),
    ),
]

const moneyOf = ({ amount, currency }: { readonly amount: number; readonly currency: string }): Money =>
  fromMinorUnits(BigInt(amount), currency)

const textOf = ({ body }: VendorMessage): string => new TextDecoder().decode(body)

/** Every member of the object, every header that is signed, and the signature. The old signature stays. */
const tamper = (message: VendorMessage): readonly TamperedMessage[] => {
  const { data, ...event } = JSON.parse(textOf(message)) as { readonly data: Readonly<Record<string, unknown>> }
  const inData = Object.keys(data).map((name) => ({
    what: `data.${name}`,
    message: withBody(message, { ...event, data: { ...data, [name]: other(data[name]) } }),
  }))
  const inEvent = Object.keys(event).map((name) => ({
    what: name,
    message: withBody(message, { ...event, [name]: other((event as Readonly<Record<string, unknown>>)[name]), data }),
  }))
  const inHeaders = ['meridian-time', 'meridian-signature'].flatMap((name) => [
    { what: name, message: { ...message, headers: { ...message.headers, [name]: changed(message.headers[name]) } } },
    { what: `no ${name}`, message: { ...message, headers: without(message.headers, name) } },
  ])
  return [...inData, ...inEvent, ...inHeaders]
}

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return changed(value)
  return value === null ? 'x' : null
}

/** With another last character. */
const changed = (text = ''): string => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')

const without = (headers: VendorMessage['headers'], name: string): VendorMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name))

const withBody = (message: VendorMessage, body: object): VendorMessage => ({
  ...message,
  body: new TextEncoder().encode(JSON.stringify(body)),
})

const signedWith = (secret: string, message: VendorMessage, body: Uint8Array): VendorMessage => {
  const time = message.headers['meridian-time'] ?? ''
  return { ...message, body, headers: { ...message.headers, 'meridian-signature': callbackSignature(secret, time, body) } }
}

const variantsOf = (account: Account, message: VendorMessage): readonly TamperedMessage[] => {
  const { data, ...event } = JSON.parse(textOf(message)) as { readonly data: Readonly<Record<string, unknown>> }
  const { payer: _payer, endedBecause: _reason, expiresAt: _expiry, ...required } = data
  const variants: Readonly<Record<string, object>> = {
    'unknown members': { ...event, trace: { a: [1] }, data: { ...data, fee: 12, risk: { score: 0.5 }, labels: [] } },
    'null optional members': { ...event, data: { ...data, payer: null, endedBecause: null, expiresAt: null, reversals: null } },
    'missing optional members': { ...event, data: required },
    'optional members of another type': { ...event, data: { ...data, payer: 'somebody', endedBecause: 7, expiresAt: [] } },
    'empty optional members': { ...event, data: { ...data, payer: { holder: '', iban: '' }, endedBecause: '', reversals: [] } },
    'another order of members': { data: Object.fromEntries(Object.entries(data).reverse()), ...event },
  }
  const [secret = ''] = account.secrets
  return Object.entries(variants).map(([what, body]) => ({
    what,
    message: signedWith(secret, message, new TextEncoder().encode(JSON.stringify(body))),
  }))
}

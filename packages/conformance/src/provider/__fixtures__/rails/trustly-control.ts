import type { Money } from '@railswitch/core'
import { type InProcessSandbox, startInProcessSandbox } from '@railswitch/sandbox/in-process'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import type { VendorControl, VendorOrder, VendorPorts } from '../../provider-under-test.ts'
import { platformOf } from './sandbox-platform.ts'
import { signedAgain, tampered, variantsOf } from './trustly-messages.ts'

type Trustly = InProcessSandbox['trustly']
type Order = ReturnType<Trustly['books']>['orders'][number]

/** Trustly's sandbox in this process, with everything that Trustly enables on request. */
export const openTrustly = (ports: VendorPorts): Promise<InProcessSandbox> =>
  startInProcessSandbox({
    url: 'https://vendors.example',
    platform: platformOf(ports),
    trustly: {
      keys,
      balance: Object.fromEntries(
        trustlyCurrencies.map(({ currency }) => [currency, currency === 'HUF' ? '1000000' : '1000000.00']),
      ),
      switches: { account: true, payoutconfirmation: true, payoutfailed: true, importMandates: true },
      redeliverAfterMs: [60_000, 3_600_000, 86_400_000, 86_400_000],
    },
  })

export const trustlyCurrencies = [
  ['CZK', 'CZ'],
  ['DKK', 'DK'],
  ['EUR', 'FI'],
  ['GBP', 'GB'],
  ['HUF', 'HU'],
  ['NOK', 'NO'],
  ['PLN', 'PL'],
  ['RON', 'RO'],
  ['SEK', 'SE'],
].map(([currency = '', country = '']) => ({ currency, country }))

/** What a test does at Trustly. */
export const trustlyControl = (trustly: Trustly): VendorControl => {
  const all = (reference: string): readonly Order[] =>
    trustly.books().orders.filter(({ messageId }) => messageId === reference)
  const idOf = (reference: string): string => {
    const order = all(reference).at(-1)
    if (!order) throw new Error(`Trustly has no order ${reference}.`)
    return order.orderId
  }
  /** Of the charges and payouts that have its reference at the scheme. */
  const mandateOf = ({ kind, merchantReference }: Order): string | undefined =>
    kind === 'direct debit'
      ? trustly.books().orders.find((one) => one.kind === 'mandate' && one.merchantReference === merchantReference)?.messageId
      : undefined
  const done = async (_ids: unknown): Promise<void> => {
    await trustly.attempted()
  }
  return {
    credit: (reference, amount) => {
      const isPending = all(reference).at(-1)?.state === 'pending'
      return done(
        trustly.complete(idOf(reference), {
          ...(amount && { amount: toText(amount) }),
          ...(isPending && { notify: ['credit'] }),
        }),
      )
    },
    creditsOtherAmounts: true,
    approve: (reference) => done(trustly.complete(idOf(reference), { notify: ['pending'] })),
    cancel: (reference) => done(trustly.cancel(idOf(reference))),
    reverse: (reference, amount) => done(trustly.debit(idOf(reference), toText(amount))),
    confirmRefund: (deposit, amount) => done(trustly.confirmPayout(idOf(deposit), toText(amount))),
    returnRefund: (deposit, amount) => done(trustly.returnRefund(idOf(deposit), toText(amount))),
    confirmPayout: (reference) => done(trustly.confirmPayout(idOf(reference))),
    failPayout: (reference) => done(trustly.failPayout(idOf(reference))),
    requestWithdrawal: (reference) => done(trustly.complete(idOf(reference))),
    chooseAccount: (reference) => done(trustly.complete(idOf(reference))),
    signMandate: (reference) =>
      done(all(reference).at(-1)?.state === 'active' || trustly.complete(idOf(reference))),
    revokeMandate: (reference) => done(trustly.cancel(idOf(reference))),
    moveMandate: (reference) => done(trustly.moveMandate(idOf(reference))),
    identify: (reference) => done(trustly.identify(idOf(reference))),
    decline: () => trustly.change({ blockedEndUsers: ['customer-1'] }),
    misconfigure: () => trustly.change({ deniedMethods: methods }),
    refuseRefunds: () => trustly.change({ deniedMethods: methods }),
    refusePayouts: () => trustly.change({ deniedMethods: methods }),
    refuseCharges: () => trustly.change({ deniedMethods: methods }),
    acceptAgain: () => trustly.change({ blockedEndUsers: [], deniedMethods: [] }),
    strangerPays: (reference) => {
      const order = all(reference).at(-1)
      const notificationUrl = withoutToken(order?.notificationUrl ?? '')
      return done(trustly.complete(trustly.stranger.imitate(idOf(reference), { notificationUrl })))
    },
    sendUnknownKind: (reference) => done(trustly.notify(idOf(reference), 'futuremethod')),
    forge: (message) => signedAgain(message, keys.stranger),
    tamper: tampered,
    variants: (message) => variantsOf(message, keys.vendor),
    orders: (reference) => all(reference).map((order) => toVendorOrder(order, mandateOf(order))),
    deliveries: () =>
      trustly
        .books()
        .orders.flatMap(({ notifications }) => notifications)
        .filter(({ attempts }) => attempts.length > 0)
        .map(({ attempts }) => ({ accepted: attempts.at(-1)?.outcome === 'accepted' })),
  }
}

const methods = ['Deposit', 'Refund', 'AccountPayout', 'RegisterAccountPayout', 'Withdraw', 'SelectAccount', 'Charge', 'DirectDebit']

/** Trustly takes HUF without decimals. */
const toText = ({ value, currency }: Money): string => (currency === 'HUF' ? value.replace(/\.00$/, '') : value)
const toMoney = (text: string, currency: string): Money => ({
  value: text.includes('.') ? text : `${text}.00`,
  currency,
})

export const withoutToken = (url: string): string => url.replace(/(\/callbacks\/[^/]+)\/.*/, '$1')

const kinds: Readonly<Record<Order['kind'], VendorOrder['kind']>> = {
  deposit: 'deposit',
  charge: 'deposit',
  payout: 'payout',
  withdrawal: 'withdrawal',
  selection: 'account',
  mandate: 'mandate',
  'direct debit': 'deposit',
  'direct credit': 'payout',
}
const sentOut: ReadonlySet<string> = new Set(['queued', 'executed', 'confirmed'])

const toVendorOrder = (order: Order, mandate: string | undefined): VendorOrder => {
  const { messageId, kind, amount, paid, currency, notificationUrl, refunds, state } = order
  const isOut = kind === 'payout' || kind === 'withdrawal' || kind === 'direct credit'
  return {
    reference: messageId,
    kind: kinds[kind],
    money: amount === null || currency === '' ? null : toMoney(amount, currency),
    callbackUrl: notificationUrl,
    refunds: refunds.filter((one) => sentOut.has(one.state)).map((one) => toMoney(one.amount, currency)),
    sent: isOut && sentOut.has(state) ? toMoney(paid ?? amount ?? '0', currency) : null,
    ...(kind === 'mandate' && { isActive: state === 'active' }),
    ...(mandate !== undefined && { mandate }),
  }
}

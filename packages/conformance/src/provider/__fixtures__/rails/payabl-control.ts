import type { Money } from '@railswitch/core'
import { type InProcessSandbox, startInProcessSandbox } from '@railswitch/sandbox/in-process'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import type { VendorControl, VendorOrder, VendorPorts } from '../../provider-under-test.ts'
import { signedAgain, tampered, variantsOf } from './payabl-messages.ts'
import { platformOf } from './sandbox-platform.ts'
import { withoutToken } from './trustly-control.ts'

type Payabl = InProcessSandbox['payabl']
type Payment = ReturnType<Payabl['books']>['payments'][number]

export const payablCurrencies = [
  ['CZK', 'CZ'],
  ['DKK', 'DK'],
  ['EUR', 'DE'],
  ['GBP', 'GB'],
  ['HUF', 'DE'],
  ['NOK', 'NO'],
  ['PLN', 'PL'],
  ['RON', 'DE'],
  ['SEK', 'SE'],
].map(([currency = '', country = '']) => ({ currency, country }))

/** payabl's sandbox in this process. It notifies refunds, which payabl does on request. */
export const openPayabl = async (ports: VendorPorts): Promise<InProcessSandbox> => {
  const sandbox = await startInProcessSandbox({
    url: 'https://vendors.example',
    platform: platformOf(ports),
    trustly: { keys },
    payabl: { assumptions: { tellsRefunds: true }, redeliverAfterMs: [60_000, 3_600_000] },
  })
  for (const { currency } of payablCurrencies) sandbox.payabl.setBalance(currency, '1000000.00')
  return sandbox
}

/** What a test does at payabl. */
export const payablControl = (payabl: Payabl, options: Readonly<Record<string, unknown>>): VendorControl => {
  const firstSecret = payabl.merchant.secret
  const secret = { current: firstSecret }
  const useSecret = (text: string): void => {
    secret.current = text
    payabl.setSecret(text)
  }
  const all = (reference: string): readonly Payment[] =>
    payabl.books().payments.filter(({ transactions: [first] }) => first?.orderid === reference)
  const transaction = (reference: string): string => {
    const id = all(reference).at(-1)?.transactions[0]?.transactionId
    if (id === undefined) throw new Error(`payabl has no payment ${reference}.`)
    return id
  }
  const done = async (_id: unknown): Promise<void> => {
    await payabl.attempted()
  }
  return {
    credit: (reference) => done(payabl.credit(transaction(reference))),
    approve: (reference) => done(payabl.accept(transaction(reference))),
    cancel: (reference) => {
      const isApproved = all(reference).at(-1)?.transactions.at(-1)?.state === 'not_credited_yet'
      const id = transaction(reference)
      return done(isApproved ? payabl.fail(id) : payabl.abort(id))
    },
    reverse: (reference, amount) => done(payabl.chargeBack(transaction(reference), amount.value)),
    failPayout: (reference) => done(payabl.failPayout(transaction(reference))),
    misconfigure: () => payabl.setSecret('another secret'),
    refusePayouts: () => {
      payabl.change({ shortBalance: 'refused' })
      payabl.setBalance('EUR', '0.00')
    },
    acceptAgain: () => {
      payabl.setSecret(secret.current)
      payabl.setBalance('EUR', '1000000.00')
    },
    strangerPays: (reference) => {
      const notificationUrl = withoutToken(all(reference).at(-1)?.notificationUrl ?? '')
      return done(payabl.credit(payabl.stranger.imitate(transaction(reference), { notificationUrl })))
    },
    rotateKey: () => {
      useSecret('next-secret-of-the-merchant')
      return { ...options, secret: [secret.current, firstSecret] }
    },
    sendUnknownKind: (reference) => done(payabl.notify(transaction(reference), { type: 'future' })),
    forge: (message) => signedAgain(message, 'secret-of-an-attacker'),
    tamper: tampered,
    variants: (message) => variantsOf(message, secret.current),
    orders: (reference) => all(reference).map(toVendorOrder),
    deliveries: () =>
      payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions)
        .flatMap(({ notifications }) => notifications)
        .filter(({ outcome }) => outcome !== null)
        .map(({ outcome }) => ({ accepted: outcome === 'accepted' })),
  }
}

const toVendorOrder = ({ transactions, notificationUrl }: Payment): VendorOrder => {
  const [first] = transactions
  if (!first) throw new Error('A payment of payabl has a transaction.')
  const { orderid, amount, currency, type, state } = first
  const money = (value: string): Money => ({ value, currency })
  const isPayout = type === 'cft'
  return {
    reference: orderid,
    kind: isPayout ? 'payout' : 'deposit',
    money: money(amount),
    callbackUrl: notificationUrl,
    refunds: transactions.filter((one) => one.type === 'refund').map((one) => money(one.amount)),
    sent: isPayout && state === 'accepted' ? money(amount) : null,
  }
}

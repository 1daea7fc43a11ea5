import type { SavedAnswer } from '../trustly/api/api.ts'
import type { TrustlyRequest } from '../trustly/api/call-log.ts'
import type { SavedNotification } from '../trustly/notifications/notifier.ts'
import type { BankAccount } from '../trustly/state/bank-accounts.ts'
import type { Entry } from '../trustly/state/ledger.ts'
import { type Account, publicPem, readPublicKey } from '../trustly/state/merchant.ts'
import type { Order } from '../trustly/state/order.ts'
import type { TrustlySwitches } from '../trustly/state/switches.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import { restoreTraffic, saveTraffic, type VendorTraffic } from './vendor-traffic.ts'

type Without<Named, Name extends keyof Named> = Omit<Named, Name> & { readonly username: string }

/** Trustly's records as they are saved. Accounts are named by their usernames. */
export interface TrustlyState extends VendorTraffic<TrustlyRequest> {
  readonly keys: { readonly vendor: string; readonly merchant: string; readonly stranger: string }
  readonly accounts: ReadonlyArray<{
    readonly username: string
    readonly publicKey: string | undefined
    readonly switches: TrustlySwitches
    readonly balance: ReadonlyMap<string, bigint>
  }>
  readonly orders: ReadonlyArray<Without<Order, 'account'>>
  readonly entries: ReadonlyArray<Without<Entry, 'account'>>
  readonly bankAccounts: ReadonlyArray<{
    readonly username: string
    readonly bankAccount: BankAccount
    readonly mandate: boolean
  }>
  readonly notifications: readonly SavedNotification[]
  readonly answers: readonly SavedAnswer[]
}

export const saveTrustly = (trustly: StartedTrustly): TrustlyState => {
  const { context, accounts, answers, privateKeys } = trustly
  const { ledger, bankAccounts, notifier } = context
  const all = [...accounts.values()]
  return {
    keys: privateKeys(),
    accounts: all.map(({ username, publicKey, switches }) => ({
      username,
      publicKey: publicKey && publicPem(publicKey),
      switches,
      balance: ledger.balancesOf(username),
    })),
    orders: ledger.all.values().map(({ account, ...order }) => ({ ...order, username: account.username })),
    entries: all.flatMap(({ username }) =>
      ledger.entriesOf(username).map(({ account, ...entry }) => ({ ...entry, username })),
    ),
    bankAccounts: all.flatMap(({ username }) =>
      bankAccounts.knownTo(username).map(({ mandate, ...bankAccount }) => ({ username, bankAccount, mandate })),
    ),
    notifications: notifier.save(),
    answers: answers.save(),
    ...saveTraffic(trustly, (orderId) => ledger.find(orderId) !== undefined),
  }
}

/** Continues with saved records: checkouts expire and callbacks are retried as if there had been no restart. Records of
 *  merchants that no longer exist are left out. */
export const restoreTrustly = (trustly: StartedTrustly, saved: TrustlyState): void => {
  const { context, accounts, answers, inactivity } = trustly
  const { ledger, bankAccounts, notifier } = context
  const find = (username: string): Account | undefined => accounts.get(username)
  for (const { username, publicKey, switches, balance } of saved.accounts) {
    const account = find(username)
    if (!account) continue
    account.switches = { ...account.switches, ...switches }
    if (publicKey !== undefined) account.publicKey = readPublicKey(publicKey, username)
    ledger.restoreBalance(username, balance)
  }
  for (const { username, ...order } of saved.orders) {
    const account = find(username)
    if (!account) continue
    const restored = { ...order, account }
    ledger.restore(restored)
    inactivity.watch(restored)
  }
  for (const { username, ...entry } of saved.entries) {
    const account = find(username)
    if (account) ledger.restoreEntry({ ...entry, account })
  }
  for (const { username, bankAccount, mandate } of saved.bankAccounts) {
    const account = find(username)
    if (!account) continue
    bankAccounts.store(account, bankAccount)
    if (mandate) bankAccounts.grantMandate(account, bankAccount)
  }
  answers.restore(saved.answers)
  restoreTraffic(trustly, saved)
  for (const notification of saved.notifications) {
    const order = ledger.find(notification.orderId)
    if (order)
      notifier.restore(order, notification, (answer) => context.withdrawals.answer(order, notification, answer))
  }
}

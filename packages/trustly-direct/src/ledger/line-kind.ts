import type { VendorLineKind } from '@railswitch/core/provider'
import type { LedgerLine } from '../client/statements/ledger.ts'
import type { SettlementLine } from '../client/statements/settlement.ts'

/** A line that comes in, and one that goes out. Null: there is no such line. */
type Kinds = readonly [incoming: VendorLineKind | null, outgoing: VendorLineKind | null]

/**
 * The kinds of lines of a settlement report, by their documented types. Payouts that come back are not documented: they are expected to
 * be named like refunds.
 * @see https://docs.trustly.com/api/viewautomaticsettlementdetailscsv (read 2026-11-21)
 */
const settledKinds: ReadonlyMap<string, Kinds> = new Map([
  ['Deposit', ['payment', 'reversal']],
  ['Charge', ['payment', 'reversal']],
  ['Refund', [null, 'refund']],
  ['Withdraw', [null, 'payout']],
  ['AccountPayout', [null, 'payout']],
  ['Failed Refund', ['refund_return', null]],
  ['Failed Withdraw', ['payout_return', null]],
  ['Failed AccountPayout', ['payout_return', null]],
  ['FX', ['exchange', 'exchange']],
  ['Float Adjustment', ['back_office', 'back_office']],
  ['Automatic Float Adjustment', ['back_office', 'back_office']],
  ...[
    'Deposit Fee',
    'Charge Fee',
    'Refund Fee',
    'Withdraw Fee',
    'AccountPayout Fee',
    'Settlement Fee',
    'Failed Refund Fee',
    'Failed Withdraw Fee',
    'Failed AccountPayout Fee',
  ].map((type): [string, Kinds] => [type, ['fee', 'fee']]),
])

export const settledKind = ({ type, amount }: Pick<SettlementLine, 'type' | 'amount'>): VendorLineKind | null =>
  kindFor(settledKinds.get(type), amount)

/**
 * The kind of a ledger line. Trustly publishes few of the ledger's texts, so the accounts decide, whose names the settlement report has
 * too: https://docs.trustly.com/api/accountledger and /viewautomaticsettlementdetailscsv (read 2026-11-21). Money to a customer has an
 * order, and that of a refund a generated MessageID that begins with `Refund `; without an order it went to the merchant's own bank.
 */
export const ledgerKind = (line: Pick<LedgerLine, 'account' | 'type' | 'amount' | 'orderId' | 'messageId'>) =>
  kindFor(ledgerKinds(line), line.amount)

const ledgerKinds = ({ account, type, orderId, messageId }: Parameters<typeof ledgerKind>[0]): Kinds | undefined => {
  if (/\bFloat Adjustment$/i.test(type)) return ['back_office', 'back_office']
  if (/^(TRANSACTION|SUPPORT)_FEE_/.test(account)) return ['fee', 'fee']
  if (account.startsWith('FOREIGN_EXCHANGE_')) return ['exchange', 'exchange']
  if (account.startsWith('SUSPENSE_ACCOUNT_CLIENT_FUNDS_')) return ['payment', 'reversal']
  if (account !== 'BANK_WITHDRAWAL_QUEUED') return undefined
  if (orderId === null) return ['settlement', 'settlement']
  return messageId?.startsWith('Refund ') ? ['refund_return', 'refund'] : ['payout_return', 'payout']
}

const kindFor = (kinds: Kinds | undefined, amount: string): VendorLineKind | null =>
  kinds === undefined || amount === '0' ? null : kinds[amount.startsWith('-') ? 1 : 0]

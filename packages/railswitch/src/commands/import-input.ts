import {
  type Issue,
  isLeft,
  isNote,
  type Money,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  referencePattern,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

export interface ImportedPayment {
  /** Free in this store; the vendor need not know it. */
  readonly reference: string
  readonly amount: Money
  /** By which the vendor speaks of it: Trustly's order id; payabl's transaction id, for a credited deposit the capture's. */
  readonly vendorIds: readonly [string, ...string[]]
  /** ISO 8601: when it was begun. Vendors whose books are searched by the day (Trustly's ledger, payabl's lists) need it to confirm it. */
  readonly begunAt?: string
}

/** `confirmed`: the vendor, asked by a look-up of our own, shows it as it was imported. */
export interface ImportResult {
  readonly payment: PaymentRef
  readonly confirmed: boolean
}

/** What was begun elsewhere, and who says so. Both names stay in its history. */
export type PaymentImport = { readonly by: string; readonly why: string } & (
  | {
      readonly deposit: ImportedPayment & {
        readonly rail: string
        readonly state: 'pending' | 'not_credited_yet' | 'credited'
      }
    }
  /** `payment`: the deposit's, known here. */
  | { readonly refund: ImportedPayment & { readonly payment: PaymentRef } }
  | { readonly payout: ImportedPayment & { readonly rail: string } }
)

const isTime = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))

const states: ReadonlySet<string> = new Set(['pending', 'not_credited_yet', 'credited'])

export const importIssues = <Tx>({ rails }: ReadyConfig<Tx>, given: PaymentImport): readonly Issue[] => {
  const kind = (['deposit', 'refund', 'payout'] as const).find((name) => name in given)
  if (!kind) return [{ field: 'deposit', rule: 'is required', fix: 'give a deposit, a refund or a payout' }]
  const { reference, amount, vendorIds } = importedIn(given)
  const issues: Issue[] = []
  for (const field of ['by', 'why'] as const)
    if (!isNote(given[field]))
      issues.push({ field, rule: 'must be text of 1 to 200 characters', fix: 'say who took it in, and why' })
  if (typeof reference !== 'string' || !referencePattern.test(reference))
    issues.push({ field: `${kind}.reference`, rule: 'must be 1 to 200 of A-Z a-z 0-9 _ -', fix: 'use your own id' })
  const money = parseMoney(amount)
  if (isLeft(money)) issues.push(...money.left.map((issue) => ({ ...issue, field: `${kind}.amount.${issue.field}` })))
  if (!Array.isArray(vendorIds) || vendorIds.length === 0 || !vendorIds.every(isNote))
    issues.push({ field: `${kind}.vendorIds`, rule: 'must name at least one id', fix: "give the vendor's own id" })
  const { begunAt } = importedIn(given)
  if (begunAt !== undefined && !isTime(begunAt))
    issues.push({ field: `${kind}.begunAt`, rule: 'is not a time', fix: "write it such as '2026-01-31T12:00:00Z'" })
  if ('deposit' in given && !states.has(given.deposit.state))
    issues.push({
      field: 'deposit.state',
      rule: 'is not one that can be imported',
      fix: `use one of ${[...states].join(', ')}`,
    })
  if (!rails.has(railOf(given)))
    issues.push({ field: `${kind}.rail`, rule: 'is not a configured rail', fix: 'name one of `providers`' })
  return issues
}

export const importedIn = (given: PaymentImport): ImportedPayment =>
  'deposit' in given ? given.deposit : 'refund' in given ? given.refund : given.payout

export const railOf = (given: PaymentImport): string => {
  if ('refund' in given) return parsePaymentRef(given.refund.payment)?.rail ?? ''
  return 'deposit' in given ? given.deposit.rail : given.payout.rail
}

export const canonical = (amount: Money): Money => {
  const parsed = parseMoney(amount)
  return isLeft(parsed) ? amount : parsed.right
}

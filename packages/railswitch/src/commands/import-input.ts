import {
  type Issue,
  isAuditNote,
  isLeft,
  type Money,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  referencePattern,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

export interface ImportedPayment {
  /** Not used in this store yet. The vendor does not need to know it. */
  readonly reference: string
  readonly amount: Money
  /** The vendor's ids: Trustly's order id; payabl's transaction id, for a credited deposit that of the capture. */
  readonly vendorIds: readonly [string, ...string[]]
  /** ISO 8601: when it was begun. Vendors whose lists are searched by date (Trustly's ledger, payabl's lists) need it to confirm the import. */
  readonly begunAt?: string
}

/** `confirmed`: a look-up at the vendor shows the payment as it was imported. */
export interface ImportResult {
  readonly payment: PaymentRef
  readonly confirmed: boolean
}

/** A payment that was begun elsewhere. `by` and `why`: who imports it, and the reason; both stay in the payment's history. */
export type PaymentImport = { readonly by: string; readonly why: string } & (
  | {
      readonly deposit: ImportedPayment & {
        readonly rail: string
        readonly state: 'pending' | 'not_credited_yet' | 'credited'
      }
    }
  /** `payment`: the ref of its deposit, which must be stored. */
  | { readonly refund: ImportedPayment & { readonly payment: PaymentRef } }
  | { readonly payout: ImportedPayment & { readonly rail: string } }
)

const isTime = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))

const states: ReadonlySet<string> = new Set(['pending', 'not_credited_yet', 'credited'])

export const importIssues = <Tx>({ rails }: ReadyConfig<Tx>, input: PaymentImport): readonly Issue[] => {
  const kind = (['deposit', 'refund', 'payout'] as const).find((name) => name in input)
  if (!kind) return [{ field: 'deposit', rule: 'is required', fix: 'pass a deposit, a refund or a payout' }]
  const { reference, amount, vendorIds } = importedIn(input)
  const issues: Issue[] = []
  for (const field of ['by', 'why'] as const)
    if (!isAuditNote(input[field]))
      issues.push({ field, rule: 'must be text of 1 to 200 characters', fix: 'write who imports it, and why' })
  if (typeof reference !== 'string' || !referencePattern.test(reference))
    issues.push({ field: `${kind}.reference`, rule: 'must be 1 to 200 of A-Z a-z 0-9 _ -', fix: 'use your own id' })
  const money = parseMoney(amount)
  if (isLeft(money)) issues.push(...money.left.map((issue) => ({ ...issue, field: `${kind}.amount.${issue.field}` })))
  if (!Array.isArray(vendorIds) || vendorIds.length === 0 || !vendorIds.every(isAuditNote))
    issues.push({ field: `${kind}.vendorIds`, rule: 'must contain at least one id', fix: "pass the vendor's own id" })
  const { begunAt } = importedIn(input)
  if (begunAt !== undefined && !isTime(begunAt))
    issues.push({ field: `${kind}.begunAt`, rule: 'is not a time', fix: "write it such as '2026-01-31T12:00:00Z'" })
  if ('deposit' in input && !states.has(input.deposit.state))
    issues.push({
      field: 'deposit.state',
      rule: 'is not a state that can be imported',
      fix: `use one of ${[...states].join(', ')}`,
    })
  if (!rails.has(railOf(input)))
    issues.push({ field: `${kind}.rail`, rule: 'is not a configured rail', fix: 'name one of `providers`' })
  return issues
}

export const importedIn = (input: PaymentImport): ImportedPayment =>
  'deposit' in input ? input.deposit : 'refund' in input ? input.refund : input.payout

export const railOf = (input: PaymentImport): string => {
  if ('refund' in input) return parsePaymentRef(input.refund.payment)?.rail ?? ''
  return 'deposit' in input ? input.deposit.rail : input.payout.rail
}

export const canonical = (amount: Money): Money => {
  const parsed = parseMoney(amount)
  return isLeft(parsed) ? amount : parsed.right
}

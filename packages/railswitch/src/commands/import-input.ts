import {
  closest,
  type Issue,
  isAuditNote,
  isLeft,
  lastAttempt,
  type Money,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  referencePattern,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { railFix } from '../config/rail-issues.ts'

export interface ImportedPayment {
  /** Not used in this store yet. The vendor does not need to know it. */
  readonly reference: string
  /** The attempt with which it was begun; 1 unless given. Import each attempt that the vendor has received. */
  readonly attempt?: number
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
  const kind = (['deposit', 'refund', 'payout'] as const).find((name) => name in Object(input))
  if (!kind) return [{ field: 'deposit', rule: 'is required', fix: 'pass a deposit, a refund or a payout' }]
  const imported: unknown = importedIn(input)
  if (typeof imported !== 'object' || imported === null)
    return [{ field: kind, rule: 'must be an object', fix: 'pass { reference, amount, vendorIds, … }' }]
  const { reference, amount, vendorIds } = importedIn(input)
  const issues: Issue[] = unknownFields(kind, imported)
  for (const field of ['by', 'why'] as const)
    if (!isAuditNote(input[field]))
      issues.push({ field, rule: 'must be text of 1 to 200 characters', fix: 'write who imports it, and why' })
  if (typeof reference !== 'string' || !referencePattern.test(reference))
    issues.push({ field: `${kind}.reference`, rule: 'must be 1 to 200 of A-Z a-z 0-9 _ -', fix: 'use your own id' })
  const money = parseMoney(amount)
  if (isLeft(money)) issues.push(...money.left.map((issue) => ({ ...issue, field: `${kind}.amount.${issue.field}` })))
  if (!Array.isArray(vendorIds) || vendorIds.length === 0 || !vendorIds.every(isAuditNote))
    issues.push({
      field: `${kind}.vendorIds`,
      rule: 'must be a list of at least one id',
      fix: "pass the vendor's own id in a list, such as ['9594811343']",
    })
  const { attempt = 1, begunAt } = importedIn(input)
  if (!Number.isInteger(attempt) || attempt < 1 || attempt > lastAttempt)
    issues.push({
      field: `${kind}.attempt`,
      rule: `must be a whole number from 1 to ${lastAttempt}`,
      fix: 'leave it out for the first attempt',
    })
  if (begunAt !== undefined && !isTime(begunAt))
    issues.push({ field: `${kind}.begunAt`, rule: 'is not a time', fix: "write it such as '2026-01-31T12:00:00Z'" })
  if ('deposit' in input && !states.has(input.deposit.state))
    issues.push({
      field: 'deposit.state',
      rule: 'is not a state that can be imported',
      fix: `use one of ${[...states].join(', ')}`,
    })
  if (!rails.has(railOf(input)))
    issues.push({
      field: 'refund' in input ? 'refund.payment' : `${kind}.rail`,
      rule: 'is not of a configured rail',
      fix: railFix(railOf(input), [...rails.keys()]),
    })
  return issues
}

const fieldsOf = {
  deposit: ['reference', 'attempt', 'amount', 'vendorIds', 'begunAt', 'rail', 'state'],
  refund: ['reference', 'attempt', 'amount', 'vendorIds', 'begunAt', 'payment'],
  payout: ['reference', 'attempt', 'amount', 'vendorIds', 'begunAt', 'rail'],
} as const

const unknownFields = (kind: keyof typeof fieldsOf, imported: object): Issue[] =>
  Object.keys(imported).flatMap((name) => {
    const known: readonly string[] = fieldsOf[kind]
    if (known.includes(name)) return []
    const meant = closest(name, known)
    const fix = meant === null ? 'correct its spelling or leave it out' : `write ${meant}`
    return [{ field: `${kind}.${name}`, rule: 'is not a known field', fix }]
  })

export const importedIn = (input: PaymentImport): ImportedPayment =>
  'deposit' in input ? input.deposit : 'refund' in input ? input.refund : input.payout

export const railOf = (input: PaymentImport): string => {
  const named: unknown =
    'refund' in input ? input.refund.payment : 'deposit' in input ? input.deposit.rail : input.payout.rail
  if (typeof named !== 'string') return ''
  return 'refund' in input ? (parsePaymentRef(named)?.rail ?? '') : named
}

export const canonical = (amount: Money): Money => {
  const parsed = parseMoney(amount)
  return isLeft(parsed) ? amount : parsed.right
}

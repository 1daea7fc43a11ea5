import type { Pipeline } from '@railswitch/callbacks'
import {
  type Arrival,
  type Conclusion,
  conflict,
  fingerprintOf,
  type Intent,
  type Issue,
  importId,
  invalid,
  isLeft,
  isNote,
  type Money,
  ownMethods,
  PaymentError,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  paymentRef,
  referencePattern,
  storeFailed,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { confirmImport } from './confirm-import.ts'

interface Adopted {
  /** Free in this store; the vendor need not know it. */
  readonly reference: string
  readonly amount: Money
  /** By which the vendor speaks of it: Trustly's order id; payabl's transaction id, for a credited deposit the capture's. */
  readonly vendorIds: readonly [string, ...string[]]
  /** ISO 8601: when it was begun. Vendors whose books are searched by the day (Trustly's ledger, payabl's lists) need it to confirm it. */
  readonly begunAt?: string
}

/** `confirmed`: the vendor, asked by a look-up of our own, shows it as it was imported. */
export interface Adopting {
  readonly payment: PaymentRef
  readonly confirmed: boolean
}

/** What was begun elsewhere, and who says so. Both names stay in its history. */
export type Adoption = { readonly by: string; readonly why: string } & (
  | {
      readonly deposit: Adopted & { readonly rail: string; readonly state: 'pending' | 'not_credited_yet' | 'credited' }
    }
  /** `payment`: the deposit's, known here. */
  | { readonly refund: Adopted & { readonly payment: PaymentRef } }
  | { readonly payout: Adopted & { readonly rail: string } }
)

/**
 * Records it as if it had been begun here, with what is known of it; no handler runs, because it is old. Where it was
 * cut off, the same adoption again completes it.
 */
export const adopt = async <Tx>(config: ReadyConfig<Tx>, pipeline: Pipeline, adoption: Adoption): Promise<Adopting> => {
  const issues = issuesOf(config, adoption)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const { store, rules, callbacks } = config
  const intent = intentOf(config, adoption)
  const payment = paymentRef(intent)
  const { begunAt: _searchedFrom, ...adopted } = adoptedOf(adoption)
  const request = { adopted }
  const [current, ...older] = callbacks.secrets
  const fingerprints = [
    fingerprintOf(request, current),
    ...older.map((secret) => fingerprintOf(request, secret)),
  ] as const
  const begun = await store.begin({ intent, fingerprints: [fingerprints[0], ...fingerprints.slice(1)] }, rules)
  if (begun.state === 'refused') throw new PaymentError(begun.error)
  const { vendorIds } = adoptedOf(adoption)
  // How far it had come is recorded first: what was reported of it before is applied together with its vendor's ids.
  const arrival = arrivalOf(config, intent, adoption)
  if (arrival && (await pipeline.record(arrival)) === 'not_stored') throw notStored()
  const conclusion: Conclusion =
    intent.kind === 'deposit'
      ? { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } }
      : { state: 'accepted', result: { status: 'accepted', payment } }
  const learned = { vendorIds, replaces: false, onlyIfFree: true }
  const [other] = (await store.conclude(intent, conclusion, learned, rules)).taken
  if (other !== undefined) {
    await store.conclude(intent, 'not_sent', { vendorIds: [], replaces: false }, rules)
    throw vendorIdTaken(other)
  }
  const found = await store.find(intent.reference)
  if (found) await pipeline.handlePending(found.key)
  const { by, why } = adoption
  const { begunAt } = adoptedOf(adoption)
  const { reference } = intent
  const confirmed = await confirmImport(config, pipeline, {
    payment,
    reference,
    by,
    why,
    ...(begunAt !== undefined && { begunAt: new Date(begunAt).toISOString() }),
  })
  return { payment, confirmed }
}

const vendorIdTaken = (vendorId: string): PaymentError =>
  conflict({
    message: `The vendor's id ${vendorId} belongs to another payment already.`,
    hint: 'Look that payment up: imported twice, its money would be refunded twice.',
  })

const adoptedOf = (adoption: Adoption): Adopted =>
  'deposit' in adoption ? adoption.deposit : 'refund' in adoption ? adoption.refund : adoption.payout

const intentOf = <Tx>({ callbacks }: ReadyConfig<Tx>, adoption: Adoption): Intent => {
  const { reference, amount } = adoptedOf(adoption)
  const shared = { reference, attempt: 1, expect: canonical(amount) }
  const kind = 'deposit' in adoption ? 'deposit' : 'refund' in adoption ? 'refund' : 'payout'
  const rail = railOf(adoption)
  const settings = { callbackUrl: `${callbacks.url}/${rail}` }
  return {
    ...shared,
    kind,
    rail,
    settings,
    adopted: true,
    ...('refund' in adoption && { of: adoption.refund.payment }),
  }
}

const railOf = (adoption: Adoption): string => {
  if ('refund' in adoption) return parsePaymentRef(adoption.refund.payment)?.rail ?? ''
  return 'deposit' in adoption ? adoption.deposit.rail : adoption.payout.rail
}

const canonical = (amount: Money): Money => {
  const parsed = parseMoney(amount)
  return isLeft(parsed) ? amount : parsed.right
}

/** Null for a payment of which nothing but its start is said. */
const arrivalOf = <Tx>({ now }: ReadyConfig<Tx>, intent: Intent, adoption: Adoption): Arrival | null => {
  if (!('deposit' in adoption) || adoption.deposit.state === 'pending') return null
  const { by, why, deposit } = adoption
  const payment = paymentRef(intent)
  return {
    report: {
      id: importId(payment),
      at: now().toISOString(),
      rail: intent.rail,
      vendorId: deposit.vendorIds[0],
      method: ownMethods.imported,
      money: canonical(deposit.amount),
      members: { state: deposit.state, by, why },
    },
    from: { type: 'own', intent: payment, proof: 'person', learns: false },
  }
}

const notStored = (): PaymentError =>
  storeFailed({
    message: 'The store could not record how far it has come.',
    hint: 'Repair the store, then adopt the same again.',
  })

const isTime = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))

const states: ReadonlySet<string> = new Set(['pending', 'not_credited_yet', 'credited'])

const issuesOf = <Tx>({ rails }: ReadyConfig<Tx>, adoption: Adoption): readonly Issue[] => {
  const kind = (['deposit', 'refund', 'payout'] as const).find((name) => name in adoption)
  if (!kind) return [{ field: 'deposit', rule: 'is required', fix: 'give a deposit, a refund or a payout' }]
  const { reference, amount, vendorIds } = adoptedOf(adoption)
  const issues: Issue[] = []
  for (const field of ['by', 'why'] as const)
    if (!isNote(adoption[field]))
      issues.push({ field, rule: 'must be text of 1 to 200 characters', fix: 'say who took it in, and why' })
  if (typeof reference !== 'string' || !referencePattern.test(reference))
    issues.push({ field: `${kind}.reference`, rule: 'must be 1 to 200 of A-Z a-z 0-9 _ -', fix: 'use your own id' })
  const money = parseMoney(amount)
  if (isLeft(money)) issues.push(...money.left.map((issue) => ({ ...issue, field: `${kind}.amount.${issue.field}` })))
  if (!Array.isArray(vendorIds) || vendorIds.length === 0 || !vendorIds.every(isNote))
    issues.push({ field: `${kind}.vendorIds`, rule: 'must name at least one id', fix: "give the vendor's own id" })
  const { begunAt } = adoptedOf(adoption)
  if (begunAt !== undefined && !isTime(begunAt))
    issues.push({ field: `${kind}.begunAt`, rule: 'is not a time', fix: "write it such as '2026-01-31T12:00:00Z'" })
  if ('deposit' in adoption && !states.has(adoption.deposit.state))
    issues.push({ field: 'deposit.state', rule: 'is not one to adopt', fix: `use one of ${[...states].join(', ')}` })
  if (!rails.has(railOf(adoption)))
    issues.push({ field: `${kind}.rail`, rule: 'is not a configured rail', fix: 'name one of `providers`' })
  return issues
}

import {
  fingerprintOf,
  type Intent,
  type Issue,
  invalid,
  isLeft,
  type Money,
  type Observation,
  PaymentError,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  paymentRef,
  type RecordedIntent,
  referencePattern,
  type Store,
} from '@railswitch/core'
import type { ReadyConfig } from './payments-config.ts'

interface Adopted {
  /** Free in this store; the vendor need not know it. */
  readonly reference: string
  readonly amount: Money
  /** By which the vendor speaks of it: Trustly's order id; payabl's transaction id, for a credited deposit the capture's. */
  readonly vendorIds: readonly [string, ...string[]]
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

/** Records it as if it had been begun here, with what is known of it; no handler runs, because the news is old. */
export const adopt = async <Tx>(config: ReadyConfig<Tx>, adoption: Adoption): Promise<{ payment: PaymentRef }> => {
  const issues = issuesOf(config, adoption)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const { store, now } = config
  const intent = intentOf(config, adoption)
  const payment = paymentRef(intent)
  const begun = await store.begin(intent, fingerprintOf({ adoption }))
  if (begun.state === 'refused') throw new PaymentError(begun.error)
  const { vendorIds } = adoptedOf(adoption)
  await store.conclude(
    intent,
    intent.kind === 'deposit'
      ? { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } }
      : { state: 'accepted', result: { status: 'accepted', payment } },
    vendorIds,
  )
  const fact = factOf(adoption)
  const { by, why } = adoption
  if (fact)
    await keepSilently(store, intent, {
      id: `adopted|${payment}`,
      at: now().toISOString(),
      source: 'person',
      vendorId: vendorIds[0],
      trust: 'bound',
      subject: payment,
      fact,
      word: { method: `adopted by ${by}: ${why}` },
    })
  return { payment }
}

const adoptedOf = (adoption: Adoption): Adopted =>
  'deposit' in adoption ? adoption.deposit : 'refund' in adoption ? adoption.refund : adoption.payout

const intentOf = <Tx>({ callbacks }: ReadyConfig<Tx>, adoption: Adoption): Intent => {
  const { reference, amount } = adoptedOf(adoption)
  const shared = { reference, attempt: 1, expect: canonical(amount) }
  const kind = 'deposit' in adoption ? 'deposit' : 'refund' in adoption ? 'refund' : 'payout'
  const rail = railOf(adoption)
  const settings = { callbackUrl: `${callbacks.url}/${rail}` }
  return { ...shared, kind, rail, settings, ...('refund' in adoption && { of: adoption.refund.payment }) }
}

const railOf = (adoption: Adoption): string => {
  if ('refund' in adoption) return parsePaymentRef(adoption.refund.payment)?.rail ?? ''
  return 'deposit' in adoption ? adoption.deposit.rail : adoption.payout.rail
}

const canonical = (amount: Money): Money => {
  const parsed = parseMoney(amount)
  return isLeft(parsed) ? amount : parsed.right
}

const factOf = (adoption: Adoption): Observation['fact'] | null => {
  if (!('deposit' in adoption) || adoption.deposit.state === 'pending') return null
  return { type: `deposit.${adoption.deposit.state}`, amount: canonical(adoption.deposit.amount) }
}

/** Handled before it is heard of. */
const keepSilently = async <Tx>(store: Store<Tx>, { rail }: Intent, observation: Observation): Promise<void> => {
  const claim = await store.claim(
    {
      rail,
      id: observation.id,
      vendorIds: [observation.vendorId],
      merchantReference: null,
      observe: (_thread, _subject: RecordedIntent | null) => observation,
    },
    leaseMs,
  )
  if (claim.state === 'mine') await store.complete(claim.token, 'ok')
}

const leaseMs = 10_000

const issuesOf = <Tx>({ rails }: ReadyConfig<Tx>, adoption: Adoption): readonly Issue[] => {
  const kind = (['deposit', 'refund', 'payout'] as const).find((name) => name in adoption)
  if (!kind) return [{ field: 'deposit', rule: 'is required', fix: 'give a deposit, a refund or a payout' }]
  const { reference, amount, vendorIds } = adoptedOf(adoption)
  const issues: Issue[] = []
  const text = (field: string, value: unknown, most: number): void => {
    if (typeof value !== 'string' || value.trim() === '' || value.length > most)
      issues.push({ field, rule: `must be text of 1 to ${most} characters`, fix: 'say who took it in, and why' })
  }
  text('by', adoption.by, 200)
  text('why', adoption.why, 200)
  if (typeof reference !== 'string' || !referencePattern.test(reference))
    issues.push({ field: `${kind}.reference`, rule: 'must be 1 to 200 of A-Z a-z 0-9 _ -', fix: 'use your own id' })
  const money = parseMoney(amount)
  if (isLeft(money)) issues.push(...money.left.map((issue) => ({ ...issue, field: `${kind}.amount.${issue.field}` })))
  if (
    !Array.isArray(vendorIds) ||
    vendorIds.length === 0 ||
    vendorIds.some((id) => typeof id !== 'string' || id === '')
  )
    issues.push({ field: `${kind}.vendorIds`, rule: 'must name at least one id', fix: "give the vendor's own id" })
  if (!rails.has(railOf(adoption)))
    issues.push({ field: `${kind}.rail`, rule: 'is not a configured rail', fix: 'name one of `providers`' })
  return issues
}

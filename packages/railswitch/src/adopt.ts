import type { Pipeline } from '@railswitch/callbacks'
import {
  adoptionOf,
  fingerprintOf,
  type Intent,
  type Issue,
  invalid,
  isLeft,
  isNote,
  type Money,
  merchantReference,
  type News,
  type Observation,
  PaymentError,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  paymentRef,
  referencePattern,
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

/**
 * Records it as if it had been begun here, with what is known of it; no handler runs, because the news is old. Where it was
 * cut off, the same adoption again completes it.
 */
export const adopt = async <Tx>(
  config: ReadyConfig<Tx>,
  pipeline: Pipeline,
  adoption: Adoption,
): Promise<{ payment: PaymentRef }> => {
  const issues = issuesOf(config, adoption)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const { store, now } = config
  const intent = intentOf(config, adoption)
  const payment = paymentRef(intent)
  const begun = await store.begin(intent, fingerprintOf({ adopted: adoptedOf(adoption) }))
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
  const observation = fact && {
    id: adoptionOf(payment),
    at: now().toISOString(),
    source: 'person' as const,
    vendorId: vendorIds[0],
    trust: 'bound' as const,
    subject: payment,
    fact,
    word: { method: `adopted by ${by}: ${why}` },
  }
  if (observation && (await pipeline.handleAgain(newsOf(intent, observation))) === 'not_kept') throw notKept()
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

const factOf = (adoption: Adoption): Observation['fact'] | null => {
  if (!('deposit' in adoption) || adoption.deposit.state === 'pending') return null
  return { type: `deposit.${adoption.deposit.state}`, amount: canonical(adoption.deposit.amount) }
}

const newsOf = (intent: Intent, observation: Observation): News => ({
  rail: intent.rail,
  id: observation.id,
  vendorIds: [observation.vendorId],
  merchantReference: merchantReference(intent),
  observe: () => observation,
})

const notKept = (): PaymentError =>
  new PaymentError({
    code: 'store_failed',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'The store could not keep how far it has come.',
    hint: 'Mend the store, then adopt the same again.',
  })

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
  if ('deposit' in adoption && !states.has(adoption.deposit.state))
    issues.push({ field: 'deposit.state', rule: 'is not one to adopt', fix: `use one of ${[...states].join(', ')}` })
  if (!rails.has(railOf(adoption)))
    issues.push({ field: `${kind}.rail`, rule: 'is not a configured rail', fix: 'name one of `providers`' })
  return issues
}

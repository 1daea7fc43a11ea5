import type { FoundReport, Money, PaymentRef } from '@railswitch/core/provider'

interface ShownTransaction {
  readonly vendorId: string
  readonly intent: PaymentRef
  readonly method: string
  readonly members: Readonly<Record<string, string>>
  readonly money?: Money | null
  readonly learns?: boolean
  /** Distinguishes a later look-up with the same result from an earlier one, if that matters. */
  readonly stage?: string
}

/** The report of what a query showed. The same result has the same id. */
export const toFoundReport = (
  { vendorId, intent, method, members, money, learns = false, stage = '' }: ShownTransaction,
  now: Date,
): FoundReport => ({
  report: {
    id: [
      'lookup',
      intent,
      vendorId,
      method,
      money ? `${money.value} ${money.currency}` : '',
      ...memberTexts(members),
      stage,
    ]
      .join('|')
      .replace(/\|+$/, ''),
    at: now.toISOString(),
    vendorId,
    method,
    ...(money && { money }),
    members,
  },
  intent,
  learns,
})

const memberTexts = (members: ShownTransaction['members']): readonly string[] =>
  Object.entries(members)
    .map(([name, value]) => `${name}=${value}`)
    .sort()

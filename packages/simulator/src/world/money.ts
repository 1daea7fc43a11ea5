import type { Plan } from '../seed/plan.ts'

/** `249.90` as 24990. */
export const toMinor = (amount: string): number => Math.round(Number(amount) * 100)

/** 24990 as `249.90`. */
export const toText = (minor: number): string => (minor / 100).toFixed(2)

/** The money of this payment, or of a refund of it. */
export const moneyOf = (
  plan: Plan,
  { reference, amount }: { readonly reference: string; readonly amount: string },
) => ({
  value: amount,
  currency: isInGB(plan, reference) ? 'GBP' : 'SEK',
})

/** Whether it is a mandate in GB, or a charge of one. */
const isInGB = ({ actions }: Pick<Plan, 'actions'>, reference: string): boolean =>
  actions.some(({ deed }) =>
    deed.does === 'sign mandate'
      ? deed.reference === reference && deed.country === 'GB'
      : deed.does === 'charge' && deed.reference === reference && isInGB({ actions }, deed.of),
  )

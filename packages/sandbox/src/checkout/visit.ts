import type { CustomerAccount } from './accounts.ts'

/** The steps of the checkout, in order. */
export const checkoutSteps = ['bank', 'login', 'account', 'confirm'] as const

export type CheckoutStep = (typeof checkoutSteps)[number]

/** Where a customer is, with what was chosen so far and the one-time code to come. */
export type Visit = {
  readonly step: CheckoutStep
  readonly bank: string
  /** Undefined before the step `confirm`. */
  readonly account: CustomerAccount | undefined
  readonly code: string
}

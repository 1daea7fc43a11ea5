import type { CustomerAccount } from './banks.ts'

/** The steps of the checkout, in order. */
export const checkoutSteps = ['bank', 'login', 'account', 'confirm'] as const

export type CheckoutStep = (typeof checkoutSteps)[number]

/** The customer's current step, the choices so far, and the one-time code. */
export interface Visit {
  readonly step: CheckoutStep
  readonly bank: string
  /** Undefined before the step `confirm`. */
  readonly account: CustomerAccount | undefined
  readonly code: string
}

/** The reason why a step was not accepted, and the field that is wrong. */
export interface Problem {
  /** The name of its text. */
  readonly problem:
    | 'amountRefused'
    | 'bankDown'
    | 'choose'
    | 'noAmount'
    | 'noFunds'
    | 'shopSilent'
    | 'userIdMissing'
    | 'wrongCode'
    | 'wrongLogIn'
  readonly field?: string
}

/** A step that was not accepted, with the submitted fields. */
export interface RejectedStep extends Problem {
  readonly fields: URLSearchParams
}

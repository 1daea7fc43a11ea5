/** The steps of the checkout, in order. */
export const checkoutSteps = ['bank', 'login', 'code', 'confirm'] as const

export type CheckoutStep = (typeof checkoutSteps)[number]

/** Where a customer is, with the bank chosen and the one-time code to come. */
export type Visit = { readonly step: CheckoutStep; readonly bank: string; readonly code: string }

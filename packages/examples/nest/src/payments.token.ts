export const PAYMENTS = Symbol('payments')

/** The actions of the vendors that each event stands for: the first one that the payment's state allows is performed. */
export const actionsOfEvent = {
  pending: ['pending', 'accept'],
  credit: ['credit'],
  cancel: ['cancel', 'abort'],
  fail: ['fail', 'cancel'],
  reverse: ['debit', 'charge-back'],
  'return-refund': [],
  request: ['ask'],
  'confirm-payout': ['confirm-payout'],
  'fail-payout': ['fail-payout'],
  refund: ['refund'],
  payout: ['pay-out'],
  stranger: [],
  hold: [],
  release: [],
} as const

export type TriggeredEvent = keyof typeof actionsOfEvent

export const eventNames = Object.keys(actionsOfEvent) as TriggeredEvent[]

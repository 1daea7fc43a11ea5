import type { Outcome } from '../../checkout/view.ts'
import type { KycAbort } from '../notifications/customer-notifications.ts'
import type { Order } from '../state/order.ts'

/** The events that the page causes, in order. */
export type PageEvent = 'pending' | 'credit' | 'credit later' | 'cancel' | 'debit' | 'ask' | 'choose' | MandateEvent
type MandateEvent = 'sign' | 'activate' | 'activate later' | 'refuse'

interface OrderOutcome extends Outcome {
  readonly events: readonly PageEvent[]
  /** The customer is rejected before any money moves. */
  readonly aborts?: KycAbort
  readonly declinesMandate?: true
}
type Outcomes = readonly [OrderOutcome, ...OrderOutcome[]]

/** The order options of a deposit's page, the default first. `credit-debit` is the vendor's test case D1; the texts of
 *  its other test cases are not published. */
export const outcomes: Outcomes = [
  {
    id: 'pending-credit',
    label: 'Pending, then credited',
    explanation: 'The usual case.',
    events: ['pending', 'credit'],
  },
  { id: 'credit', label: 'Credited at once', explanation: 'No pending comes first.', events: ['credit'] },
  {
    id: 'pending-credit-later',
    label: 'Pending, credited a day later',
    explanation: 'By the sandbox’s clock, which can be moved.',
    events: ['pending', 'credit later'],
  },
  { id: 'pending', label: 'Stays pending', explanation: 'Until another event is triggered.', events: ['pending'] },
  {
    id: 'pending-cancel',
    label: 'Pending, then cancelled',
    explanation: 'The money never arrives.',
    events: ['pending', 'cancel'],
  },
  {
    id: 'credit-debit',
    label: 'Credited, then reversed',
    explanation: 'The bank recalls the money: test case D1.',
    events: ['credit', 'debit'],
  },
  {
    id: 'other-amount',
    label: 'Another amount arrives',
    explanation: 'Enter it below.',
    events: ['pending', 'credit'],
    asksAmount: true,
  },
]

const kycAbort: OrderOutcome = {
  id: 'kyc-abort',
  label: 'The customer is under age',
  explanation: 'The shop is notified, and the payment ends.',
  events: ['cancel'],
  aborts: 'underage',
}

const withdrawal: Outcomes = [
  { id: 'asked', label: 'The shop is asked', explanation: 'It reserves the money and approves.', events: ['ask'] },
]

const selection: Outcomes = [
  { id: 'chosen', label: 'The shop is notified', explanation: 'Which account it is.', events: ['choose'] },
]

const mandate: Outcomes = [
  { ...selection[0], label: 'Direct debit allowed', explanation: 'The shop may charge this account from now on.' },
  {
    ...selection[0],
    id: 'no-mandate',
    label: 'No direct debit',
    explanation: 'The shop learns only which account it is.',
    declinesMandate: true,
  },
]

const managedMandate: Outcomes = [
  {
    id: 'signed-active',
    label: 'Signed, then active',
    explanation: 'The shop may collect money from now on.',
    events: ['sign', 'activate'],
  },
  {
    id: 'signed-active-later',
    label: 'Signed, active a day later',
    explanation: 'By the sandbox’s clock, which can be moved.',
    events: ['sign', 'activate later'],
  },
  { id: 'signed', label: 'Signed, stays pending', explanation: 'Until another event is triggered.', events: ['sign'] },
  {
    id: 'signed-refused',
    label: 'Signed, then refused',
    explanation: 'The bank does not register the mandate.',
    events: ['sign', 'refuse'],
  },
]

/** The possible outcomes of an order whose customer confirms. */
export const outcomesOf = ({ kind, terms }: Order): Outcomes => {
  if (kind === 'withdrawal') return withdrawal
  if (kind === 'mandate') return managedMandate
  if (kind === 'selection') return terms.asksMandate ? mandate : selection
  return terms.asksKyc ? [...outcomes, kycAbort] : outcomes
}

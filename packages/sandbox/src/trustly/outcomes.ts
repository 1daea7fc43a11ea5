import type { Outcome } from '../checkout/view.ts'

type DepositOutcome = Outcome & { readonly events: ReadonlyArray<'pending' | 'credit' | 'cancel' | 'debit'> }

/** The order options of the checkout page, the default first. The vendor's test case D1 is `credit-debit`; it does
 *  not publish the texts of its others. */
export const outcomes: readonly [DepositOutcome, ...DepositOutcome[]] = [
  {
    id: 'pending-credit',
    label: 'Pending, then credited',
    explanation: 'The usual course.',
    events: ['pending', 'credit'],
  },
  { id: 'credit', label: 'Credited at once', explanation: 'No pending comes first.', events: ['credit'] },
  { id: 'pending', label: 'Stays pending', explanation: 'Until the sandbox is told otherwise.', events: ['pending'] },
  {
    id: 'pending-cancel',
    label: 'Pending, then cancelled',
    explanation: 'The money never arrives.',
    events: ['pending', 'cancel'],
  },
  {
    id: 'credit-debit',
    label: 'Credited, then taken back',
    explanation: 'The bank recalls the money.',
    events: ['credit', 'debit'],
  },
  {
    id: 'other-amount',
    label: 'Another amount arrives',
    explanation: 'Write it below.',
    events: ['pending', 'credit'],
    asksAmount: true,
  },
]

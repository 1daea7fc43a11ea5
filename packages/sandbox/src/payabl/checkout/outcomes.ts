import type { Outcome } from '../../checkout/view.ts'

interface PayInOutcome extends Outcome {
  readonly events: ReadonlyArray<'accept' | 'credit' | 'creditLater' | 'fail' | 'bankFailure' | 'chargeBack'>
  /** Whether the customer is redirected to the success address. */
  readonly succeeds: boolean
}

/** The order options of the hosted page, the default first. They are the sandbox's own: payabl documents none. */
export const outcomes: readonly [PayInOutcome, ...PayInOutcome[]] = [
  {
    id: 'accepted-credited',
    label: 'Accepted, then credited',
    explanation: 'The usual case.',
    events: ['accept', 'credit'],
    succeeds: true,
  },
  {
    id: 'credited',
    label: 'Credited at once',
    explanation: 'No acceptance comes first.',
    events: ['credit'],
    succeeds: true,
  },
  {
    id: 'accepted-credited-later',
    label: 'Accepted, credited a day later',
    explanation: 'By the sandbox’s clock, which can be moved.',
    events: ['accept', 'creditLater'],
    succeeds: true,
  },
  {
    id: 'accepted',
    label: 'Accepted, not yet credited',
    explanation: 'Until another event is triggered, for 15 days at most.',
    events: ['accept'],
    succeeds: true,
  },
  {
    id: 'accepted-not-credited',
    label: 'Accepted, then not credited',
    explanation: 'The money never arrives.',
    events: ['accept', 'fail'],
    succeeds: true,
  },
  {
    id: 'not-credited',
    label: 'Not credited at once',
    explanation: 'The bank does not send the money.',
    events: ['fail'],
    succeeds: false,
  },
  {
    id: 'failed',
    label: 'The bank fails',
    explanation: 'No answer from the bank, nothing is paid.',
    events: ['bankFailure'],
    succeeds: false,
  },
  {
    id: 'credited-chargeback',
    label: 'Credited, then charged back',
    explanation: 'The bank recalls the money.',
    events: ['credit', 'chargeBack'],
    succeeds: true,
  },
]

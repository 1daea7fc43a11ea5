import type { Deed } from './action.ts'
import type { FaultName } from './fault-table.ts'
import type { Random } from './random.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** One deed of a situation, in milliseconds after its beginning. */
type Step = readonly [at: number, deed: Deed]

interface Situation {
  readonly steps: (random: Random) => readonly Step[]
  /** The faults that make it delicate. They strike more often than usual. */
  readonly faults?: readonly FaultName[]
}

const reference = 'order-s'
const amount = '100.00'

const paidDeposit = (name = reference): Step => [
  0,
  { does: 'deposit', reference: name, amount, clicks: 1, visit: { afterMs: 5 * second, way: 'pays at once' } },
]

const refund = (at: number, suffix: string, sum: string, of = reference): Step => [
  at,
  { does: 'refund', of, reference: `${of}-r${suffix}`, amount: sum, clicks: 1 },
]

/** What seldom happens by chance, because several things must meet in one payment. */
const situations: readonly Situation[] = [
  // A refund is confirmed and comes back, and the whole is refunded again.
  {
    steps: () => [
      paidDeposit(),
      refund(hour, 'a', '30.00'),
      [2 * hour, { does: 'confirm refunds', of: reference }],
      [day, { does: 'return refund', of: reference }],
      refund(2 * day, 'b', amount),
    ],
  },
  // One of two equal refunds comes back.
  {
    steps: (random) => [
      paidDeposit(),
      refund(hour, 'a', '30.00'),
      refund(hour + random.pick([0, minute, hour]), 'b', '30.00'),
      ...(random.chance(0.5) ? [[5 * hour, { does: 'confirm refunds', of: reference }] as const] : []),
      [day, { does: 'return refund', of: reference }],
      ...(random.chance(0.3) ? [[2 * day, { does: 'return refund', of: reference }] as const] : []),
    ],
  },
  // The confirmations of equal refunds arrive late, in another order, or never.
  {
    faults: ['callback-late', 'callback-reordered'],
    steps: (random) => [
      paidDeposit(),
      ...['a', 'b', 'c'].flatMap((suffix, index): Step[] => {
        const at = (index + 1) * random.pick([20 * second, hour])
        return [
          refund(at, suffix, '30.00'),
          [at + random.integer(second, 30 * minute), { does: 'confirm refunds', of: reference }],
        ]
      }),
    ],
  },
  // Equal refunds of two deposits at one moment, of which the outcome is not known.
  {
    faults: ['request-lost'],
    steps: () => [
      paidDeposit(),
      paidDeposit(`${reference}2`),
      refund(hour, 'a', '30.00'),
      refund(hour + second, 'a', '30.00', `${reference}2`),
      refund(2 * hour, 'b', '20.00'),
      refund(2 * hour + second, 'b', '20.00', `${reference}2`),
    ],
  },
  // Refunds of more than the credit, one soon after the other.
  {
    faults: ['response-lost', 'response-garbled'],
    steps: (random) => [
      paidDeposit(),
      refund(hour, 'a', '60.00'),
      refund(hour + random.integer(0, 2 * hour), 'b', '60.00'),
      refund(hour + random.integer(0, 5 * minute), 'c', '60.00'),
    ],
  },
  // A payout that is confirmed comes back days later, and is tried again.
  {
    steps: (random) => [
      [0, { does: 'pay out', reference, of: null, amount: '40.00', clicks: 1 }],
      [hour, { does: 'confirm payout', of: reference }],
      [random.integer(1, 6) * day, { does: 'fail payout', of: reference }],
      ...(random.chance(0.5) ? [[7 * day, { does: 'try again', of: reference, attempt: 2 }] as const] : []),
    ],
  },
  // The bank takes the money back in the second of its credit or soon after, in two parts, for two deposits.
  {
    faults: ['handler-throws', 'write-fails'],
    steps: (random) =>
      [reference, `${reference}2`].flatMap((of): Step[] => [
        paidDeposit(of),
        [random.pick([5_300, random.integer(10, 90) * second]), { does: 'charge back', of, amount: '30.00' }],
        [random.integer(100, 300) * second, { does: 'charge back', of, amount: '30.00' }],
      ]),
  },
  // The application cannot reserve the money of a withdrawal.
  {
    steps: (random) =>
      [1, 2, 3].map(
        (number): Step => [
          number * minute,
          {
            does: 'withdraw',
            reference: `withdrawal-s${number}`,
            amount: '40.00',
            decision: random.pick(['approve', 'deny']),
            asks: null,
          },
        ],
      ),
  },
  // The customer pays twice, and one of the payments is taken back.
  {
    faults: ['callback-late', 'callback-lost'],
    steps: (random) => [
      paidDeposit(),
      [random.integer(1, 60) * minute, { does: 'pay a second time', of: reference }],
      [day, { does: 'charge back', of: reference, amount }],
    ],
  },
]

const further = 'order-f'

/** Further ones, each beside one of the above or alone. */
const furtherSituations: readonly Situation[] = [
  // The bank takes a part of the money back in the second of its credit, before the application has a row of the credit.
  {
    faults: ['handler-throws', 'write-fails'],
    steps: () =>
      [1, 2, 3].flatMap((number): Step[] => {
        const of = `${further}${number}`
        const [, deposited] = paidDeposit(of)
        const start = number * minute
        return [
          [start, deposited],
          [start + 5_120, { does: 'charge back', of, amount: '30.00' }],
          [start + 5_240, { does: 'charge back', of, amount: '20.00' }],
        ]
      }),
  },
  // The customer pays three times, and people see the second payment before the third one.
  {
    steps: (random) => [
      paidDeposit(further),
      [random.integer(1, 60) * minute, { does: 'pay a second time', of: further }],
      [day, { does: 'people review' }],
      [2 * day, { does: 'pay a second time', of: further }],
    ],
  },
  // Somebody else orders with our reference, and again after people have seen it.
  {
    steps: () =>
      [1, 2, 3].flatMap((hours): Step[] => [
        paidDeposit(`${further}${hours}`),
        [hours * hour, { does: 'stranger orders', of: `${further}${hours}`, pays: true }],
        [hours * hour + 20 * minute, { does: 'people review' }],
      ]),
  },
  // The shop cannot be reached: what was paid, taken back and refunded meanwhile stands only in the vendor's lists.
  {
    steps: (random) => [
      [0, { does: 'shop unreachable', ms: random.pick([2, 12]) * day }],
      paidDeposit(further),
      refund(random.integer(day, 2 * day), 'a', '30.00', further),
      ...[1, 2].flatMap((index): Step[] => [
        [index * hour, { does: 'refund in the back office', of: further, amount: '20.00' }],
        [index * hour + minute, { does: 'charge back', of: further, amount: '10.00' }],
      ]),
      [4 * day, { does: 'return refund', of: further }],
    ],
  },
  // The first checkout is paid after a second one has opened, while the shop cannot be reached.
  {
    steps: (random) => [
      [
        0,
        {
          does: 'deposit',
          reference: further,
          amount,
          clicks: 1,
          visit: { afterMs: 5 * second, way: random.pick(['leaves', 'is approved and never credited']) },
        },
      ],
      [hour, { does: 'try again', of: further, attempt: 2 }],
      [2 * hour, { does: 'shop unreachable', ms: 12 * day }],
      [3 * hour, { does: 'pay a second time', of: further }],
    ],
  },
  // Equal refunds that payabl refuses, and one of this amount in its back office.
  {
    steps: () => [
      paidDeposit(further),
      [hour, { does: 'pay a second time', of: further }],
      refund(2 * hour, 'a', amount, further),
      refund(3 * hour, 'b', '30.00', further),
      refund(4 * hour, 'c', '30.00', further),
      refund(5 * hour, 'd', '30.00', further),
      [day, { does: 'refund in the back office', of: further, amount: '30.00' }],
    ],
  },
  // Nobody knows for days whether money has left, and people decide.
  {
    faults: ['response-lost', 'response-garbled', 'connection-refused', 'store-refused', 'commit-unknown'],
    steps: () => [
      paidDeposit(further),
      ...['a', 'b'].map((suffix, index) => refund((index + 1) * hour, suffix, '30.00', further)),
      ...[1, 2].map(
        (number): Step => [
          number * hour,
          { does: 'pay out', reference: `payout-f${number}`, of: null, amount: '40.00', clicks: 1 },
        ],
      ),
      [3 * day, { does: 'people review' }],
      [6 * day, { does: 'people review' }],
    ],
  },
  // The vendor tells who has chosen the account, and somebody changes what it tells.
  {
    faults: ['callback-tampered'],
    steps: () => [
      [0, { does: 'choose account', reference: 'account-f' }],
      [minute, { does: 'withdraw', reference: 'withdrawal-f', amount: '10.00', decision: 'approve', asks: null }],
      paidDeposit(further),
    ],
  },
]

/** What happens in a situation, and the faults that strike in its world. */
export interface DrawnSituation {
  readonly steps: readonly Step[]
  readonly faults: readonly FaultName[]
}

/** Beside everything else: in two of three worlds one of the situations, and in every second one of the further ones. */
export const drawSituation = (random: Random): DrawnSituation => {
  const drawn = [drawFrom(random, situations, 2 / 3), drawFrom(random.stream('further'), furtherSituations, 1 / 2)]
  return { steps: drawn.flatMap(({ steps }) => steps), faults: drawn.flatMap(({ faults }) => faults) }
}

const drawFrom = (random: Random, from: readonly Situation[], likelihood: number): DrawnSituation => {
  if (!random.chance(likelihood)) return { steps: [], faults: [] }
  const start = random.integer(0, 3 * hour)
  const { steps, faults = [] } = random.pick(from)
  return { steps: steps(random).map(([at, deed]) => [start + at, deed]), faults }
}

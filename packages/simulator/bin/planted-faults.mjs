// Mistakes that a programmer could make in the library, each as an edit of one source: `from` stands exactly once in `file`, and `to`
// replaces it. Each loses, doubles or misattributes money, ships goods that nobody paid, blocks a payment, or leaks. The simulator must
// find each of them: `npm run simulate:planted`.
import { callFaults } from './planted-faults/calls.mjs'
import { eventFaults } from './planted-faults/events.mjs'
import { handlingFaults } from './planted-faults/handling.mjs'
import { ownershipFaults } from './planted-faults/ownership.mjs'
import { payablFaults } from './planted-faults/payabl.mjs'
import { reviewFaults } from './planted-faults/reviews.mjs'
import { stateFaults } from './planted-faults/states.mjs'
import { syncFaults } from './planted-faults/sync.mjs'
import { trustlyFaults } from './planted-faults/trustly.mjs'

/** `what`: what the mistake does, as docs/simulator.md prints it. */
export const plantedFaults = [
  ...callFaults,
  ...ownershipFaults,
  ...stateFaults,
  ...eventFaults,
  ...handlingFaults,
  ...reviewFaults,
  ...syncFaults,
  ...trustlyFaults,
  ...payablFaults,
]

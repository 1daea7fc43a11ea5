import type { Exclusions } from '../run-suite.ts'

/** The known failures of payabl's provider. */
export const payablExclusions: Exclusions = {
  'CB-017': 'a token assigns an unknown transaction to its payment, whatever reference the message names',
}

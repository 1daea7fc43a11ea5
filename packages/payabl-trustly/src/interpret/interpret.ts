import type { Fact, PaymentRecord, RecordedIntent } from '@railswitch/core/provider'
import { depositFacts } from './deposit.ts'
import { payoutFacts } from './payout.ts'

/**
 * The facts that all reports of a payment mean together. `security` covers only the transaction, its type, its errorcode and the time:
 * the rest is believed only with a genuine token, or in the response to our own query. Pure, and independent of the order of the
 * reports.
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const interpret = (own: PaymentRecord): readonly Fact[] =>
  own.intents.flatMap((recorded) => factsOfIntent(own, recorded))

/** Reports of a refund are interpreted with those of its deposit. */
const factsOfIntent = (own: PaymentRecord, recorded: RecordedIntent): readonly Fact[] => {
  const { kind } = recorded.intent
  switch (kind) {
    case 'deposit':
      return depositFacts(own, recorded)
    case 'payout':
      return payoutFacts(own, recorded)
    case 'refund':
    case 'withdrawal':
    case 'account':
    case 'mandate':
      return []
    default:
      return kind satisfies never
  }
}

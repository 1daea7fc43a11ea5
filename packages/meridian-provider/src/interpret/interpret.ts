import {
  type Fact,
  intentOf,
  isOwnMethod,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { depositFacts } from './deposit.ts'
import { payoutFacts } from './payout.ts'
import { refundFacts } from './refund.ts'
import { toVersions, type Version } from './versions.ts'

/** What all objects of an intent's order mean together, in any order of their arrival. */
export const interpret = (record: PaymentRecord): readonly Fact[] =>
  record.intents.flatMap((recorded) => {
    const ref = paymentRef(recorded.intent)
    const reports = record.reports.filter(({ intent, method }) => intent === ref && !isOwnMethod(method))
    return reports.length === 0 ? [] : factsOf(recorded, toVersions(ref, reports), record)
  })

const factsOf = (recorded: RecordedIntent, versions: readonly Version[], record: PaymentRecord): readonly Fact[] => {
  switch (recorded.intent.kind) {
    case 'deposit':
      return depositFacts(versions)
    case 'refund':
      return refundFacts(versions, intentOf(record, recorded.intent.of))
    case 'payout':
      return payoutFacts(versions)
    default:
      return []
  }
}

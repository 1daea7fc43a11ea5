import { type Fact, paymentRef, type RecordedIntent } from '@railswitch/core/provider'
import { byObject, isSome, provenBy, unrecognised, type Version } from './versions.ts'

const known = new Set(['refund.processing', 'refund.sent', 'refund.failed', 'refund.returned'])

/** `deposit`: the refund's. A refund that was returned had been sent, even if no look-up saw it. */
export const refundFacts = (all: readonly Version[], deposit: RecordedIntent | undefined): readonly Fact[] =>
  byObject(all).flatMap((versions) => [
    ...outcomeIn(versions, deposit, 'refund.confirmed', ['refund.sent']),
    ...outcomeIn(versions, deposit, 'refund.failed', ['refund.failed', 'refund.returned']),
    ...unrecognised(versions, known),
  ])

const outcomeIn = (
  versions: readonly Version[],
  deposit: RecordedIntent | undefined,
  type: 'refund.confirmed' | 'refund.failed',
  methods: readonly string[],
): readonly Fact[] => {
  const proof = versions.filter(({ method }) => methods.includes(method))
  const amount = proof[0]?.money
  if (!isSome(proof) || !amount || !deposit) return []
  const refund = proof[0].intent
  return [{ ...provenBy(proof), type, intent: paymentRef(deposit.intent), amount, refund, candidates: [refund] }]
}

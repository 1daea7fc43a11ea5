import type { Fact } from '@railswitch/core/provider'
import { byObject, isSome, provenBy, unrecognised, type Version } from './versions.ts'

const known = new Set(['payout.processing', 'payout.sent', 'payout.failed', 'payout.returned'])

export const payoutFacts = (all: readonly Version[]): readonly Fact[] =>
  byObject(all).flatMap((versions) => {
    const inState = (...methods: readonly string[]) => versions.filter(({ method }) => methods.includes(method))
    const accepted = inState('payout.processing')
    const sent = inState('payout.sent')
    const back = inState('payout.failed', 'payout.returned')
    const facts: readonly (Fact | null)[] = [
      isSome(accepted) ? { ...provenBy(accepted), type: 'payout.accepted' } : null,
      isSome(sent) && sent[0].money ? { ...provenBy(sent), type: 'payout.confirmed', amount: sent[0].money } : null,
      isSome(back) ? { ...provenBy(back), type: 'payout.failed', amount: back[0].money } : null,
    ]
    return [...facts.flatMap((fact) => fact ?? []), ...unrecognised(versions, known)]
  })

import type { Fact } from '@railswitch/core/provider'
import { isCurrency, toMoney } from '../wire/money.ts'
import { type Reversal, readReversals } from '../wire/reversals.ts'
import { byObject, isSome, provenBy, unrecognised, type Version } from './versions.ts'

const known = new Set(['payin.open', 'payin.approved', 'payin.credited', 'payin.ended'])

const reasons: Readonly<Record<string, 'abandoned' | 'declined' | 'expired' | 'failed'>> = {
  cancelled: 'abandoned',
  declined: 'declined',
  expired: 'expired',
}

/** Each version shows the state and the totals so far, so a version can report a credit or a reversal for the first time in any state. */
export const depositFacts = (all: readonly Version[]): readonly Fact[] =>
  byObject(all).flatMap((versions) => [
    ...approvedIn(versions),
    ...creditedIn(versions),
    ...endedIn(versions),
    ...reversedIn(versions),
    ...unrecognised(versions, known),
  ])

const approvedIn = (versions: readonly Version[]): readonly Fact[] => {
  const approved = versions.filter(({ method }) => method === 'payin.approved')
  const amount = approved[0]?.money
  return isSome(approved) && amount ? [{ ...provenBy(approved), type: 'deposit.not_credited_yet', amount }] : []
}

const isCredited = ({ report }: Version): boolean => /^[1-9]\d{0,15}$/.test(report.members.credited ?? '')

/** The credited money never changes. If it did, the newest version would count, and the difference would be a review. */
const creditedIn = (versions: readonly Version[]): readonly Fact[] => {
  const credited = versions.filter(isCredited)
  const amount = credited.at(-1)?.money
  return isSome(credited) && amount ? [{ ...provenBy(credited), type: 'deposit.credited', amount }] : []
}

const endedIn = (versions: readonly Version[]): readonly Fact[] => {
  const ended = versions.filter(({ method }) => method === 'payin.ended')
  if (!isSome(ended)) return []
  const reason = reasons[ended[0].report.members.endedBecause ?? ''] ?? 'failed'
  return [{ ...provenBy(ended), type: 'deposit.not_credited', reason }]
}

/** Every later version repeats a reversal. Versions that list two reversals are the evidence of both, so these are marked as separate. */
const reversedIn = (versions: readonly Version[]): readonly Fact[] => {
  const shown = new Map<string, { readonly reversal: Reversal; readonly in: [Version, ...Version[]] }>()
  for (const version of versions)
    for (const reversal of readReversals(version.report.members.reversals)) {
      const known = shown.get(reversal.id)
      if (known) known.in.push(version)
      else shown.set(reversal.id, { reversal, in: [version] })
    }
  return [...shown.values()].flatMap(({ reversal: { id, amount, at }, in: proof }): readonly Fact[] => {
    const proven = provenBy(proof)
    const currency = proof[0].money?.currency
    if (currency === undefined || !isCurrency(currency)) return []
    const money = toMoney(amount, currency)
    return [{ ...proven, key: id, at: at ?? proven.at, separate: true, type: 'deposit.reversed', amount: money }]
  })
}

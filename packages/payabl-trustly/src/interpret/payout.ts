import {
  dayMs,
  type Fact,
  groupBy,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { byContent, isError, type Reading, type Readings, readingsOf, toBase, unrecognised } from './reading.ts'

/** payabl reports a payout that the bank returned "up to several days later": ten banking days, in milliseconds. */
export const payoutFailureMs = 14 * dayMs

/**
 * payabl reports only failures of payouts: at once (the balance was too low) or days later (the bank returned it). The type of the
 * report is not documented. Any other code means that the payout is on its way. `security` covers the code, and the amount is ours, so
 * a failure needs no token.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const payoutFacts = (own: PaymentRecord, recorded: RecordedIntent): readonly Fact[] => {
  const { intent, begunAt } = recorded
  const payout = paymentRef(intent)
  const all = readingsOf(own, new Set([payout]), recorded)
  const readings = all.filter(({ type }) => !notPayouts.has(type))
  const failures = readings.filter(({ errorcode }) => isError(errorcode))
  const [alive, ...others] = readings.filter(({ errorcode }) => !isError(errorcode))
  const [over, ...later] = readings.filter((reading) => isOver(reading, begunAt))
  const amountOf = ({ proven, money }: Reading) => (proven && money ? money : intent.expect)
  // One payout, whatever the transactions are under which payabl reports it.
  const base = (same: Readings, key: string) => ({ ...toBase(payout, same, key), key })
  return [
    ...byContent(all.filter(({ type }) => notPayouts.has(type))).map((same) => unrecognised(payout, same)),
    ...groupBy(failures, (reading) => `${amountOf(reading).value} ${amountOf(reading).currency}`).map((same): Fact => {
      const amount = amountOf(same[0])
      return { ...base(same, `failed ${amount.value} ${amount.currency}`), type: 'payout.failed', amount }
    }),
    ...(alive ? [{ ...base([alive, ...others], 'accepted'), type: 'payout.accepted' as const }] : []),
    ...(over
      ? [{ ...base([over, ...later], 'confirmed'), type: 'payout.confirmed' as const, amount: intent.expect }]
      : []),
  ]
}

const notPayouts: ReadonlySet<string> = new Set(['refund', 'chb', 'retrieval_request'])

/** A success in a diagnosis proves nothing while the bank can still return the money. After that time it confirms the payout. */
const isOver = ({ channel, errorcode, at }: Reading, begunAt: string): boolean =>
  channel === 'diagnose' && errorcode === '0' && Date.parse(at) >= Date.parse(begunAt) + payoutFailureMs

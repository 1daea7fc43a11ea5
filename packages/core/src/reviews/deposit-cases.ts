import type { Deposit } from '../state/deposit-state.ts'
import { fromMinorUnits, toMinorUnits } from '../values/money.ts'
import type { Case } from './review.ts'

const isBack: ReadonlySet<string> = new Set(['failed', 'returned'])

/** Money that differs from what was ordered, and refunds that differ from the responses to their calls. */
export const depositCases = (deposit: Deposit): readonly Case[] => {
  const { at, attempts, refunds, confirmations, overruled } = deposit
  const paid = attempts.flatMap(({ transactions }) =>
    transactions.flatMap(({ vendorId, credited, reversed }) => {
      const left = toMinorUnits(credited) - toMinorUnits(reversed)
      return left > 0n ? [{ vendorId, left }] : []
    }),
  )
  return [
    ...attempts.flatMap(({ ref: payment, transactions }) =>
      transactions.flatMap(({ vendorId, reasons }) =>
        reasons.map((reason): Case => ({ ...reason, payment, vendorId, at })),
      ),
    ),
    ...(paid.length > 1
      ? [
          {
            reason: 'overpaid' as const,
            payment: deposit.ref,
            vendorId: '',
            at,
            cause: paid
              .map(({ vendorId }) => vendorId)
              .sort()
              .join(' '),
            money: fromMinorUnits(
              paid.reduce((sum, { left }) => sum + left, 0n),
              deposit.credited.currency,
            ),
          },
        ]
      : []),
    ...confirmations.flatMap(({ refund, candidates, vendorId, amount: money }): readonly Case[] =>
      refunds.some(({ ref, refused, state }) => candidates.includes(ref) && refused && !isBack.has(state))
        ? [
            {
              reason: 'unexpected_payout',
              payment: deposit.ref,
              vendorId,
              at,
              cause: refund ?? candidates.join(' '),
              money,
            },
          ]
        : [],
    ),
    ...overruled.map(
      ({ intent, vendorId, refund }): Case => ({
        reason: 'person_overruled',
        payment: intent,
        vendorId,
        at,
        cause: refund ?? '',
      }),
    ),
  ]
}

import type { MoneyView } from './operator-view.ts'

/** Credited money with those of its parts that are not nothing. */
export const toMoney = (
  credited: bigint,
  parts: ReadonlyArray<readonly [name: string, amount: bigint]>,
  toText: (minor: bigint) => string,
): MoneyView => ({
  credited: toText(credited),
  parts: parts
    .filter(([, amount]) => amount > 0n)
    .map(([name, amount]) => ({ name, amount: toText(amount), share: Number(amount) / Number(credited) })),
})

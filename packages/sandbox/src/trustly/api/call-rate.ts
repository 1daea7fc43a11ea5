import type { Command } from '../methods/method.ts'

/** Remarks on calls that are more frequent than the vendor's pages allow: Balance, and GetWithdrawals for one order, at
 *  most once in 15 minutes. The vendor does not say how it responds to them; the sandbox executes them. */
export const createCallRate = (now: () => Date): ((method: string, command: Command) => string | undefined) => {
  const calls = new Map<string, number>()
  return (method, { account, fields }) => {
    if (!limited.has(method)) return undefined
    const key = `${method} ${fields.data('OrderID')} ${account.username}`
    const before = calls.get(key) ?? Number.NEGATIVE_INFINITY
    calls.set(key, now().getTime())
    return now().getTime() - before < shortestIntervalMs ? `${method} more than once in 15 minutes` : undefined
  }
}

const limited: ReadonlySet<string> = new Set(['Balance', 'GetWithdrawals'])
const shortestIntervalMs = 15 * 60_000

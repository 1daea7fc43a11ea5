import type { Command } from '../methods/method.ts'

/** Remarks on calls that come sooner than the context's pages allow: Balance, and GetWithdrawals for one order, at most
 *  once in 15 minutes. The context does not say what it does about them; the twin answers. */
export const createCallRate = (now: () => Date): ((method: string, command: Command) => string | undefined) => {
  const calls = new Map<string, number>()
  return (method, { account, fields }) => {
    if (!limited.has(method)) return undefined
    const key = `${method} ${fields.data('OrderID')} ${account.username}`
    const before = calls.get(key) ?? Number.NEGATIVE_INFINITY
    calls.set(key, now().getTime())
    return now().getTime() - before < leastMs ? `${method} more than once in 15 minutes` : undefined
  }
}

const limited: ReadonlySet<string> = new Set(['Balance', 'GetWithdrawals'])
const leastMs = 15 * 60_000

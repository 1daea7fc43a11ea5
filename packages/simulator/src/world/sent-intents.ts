import { type Either, type Intent, isLeft, type PaymentProvider } from '@railswitch/core'
import type { Journal } from './journal.ts'

/** Which call of the library a request to a vendor belongs to. */
export interface SentIntents {
  /** `refund order-1-ra 1`, with the attempt; null for a request that no operation made. */
  readonly nameOf: (signal: AbortSignal | undefined) => string | null
  readonly executed: (signal: AbortSignal | undefined) => void
  /** The provider, watched: a call that says that it sent nothing must have reached no vendor. */
  readonly watch: <Provider extends PaymentProvider>(provider: Provider) => Provider
}

interface Sent {
  readonly name: string
  executed: number
}

type Run = (input: unknown, call: { readonly intent: Intent; readonly signal: AbortSignal }) => () => Promise<unknown>

export const createSentIntents = ({ violated }: Journal): SentIntents => {
  // The signal of a call comes back with each of its requests.
  const bySignal = new WeakMap<AbortSignal, Sent>()

  const watched =
    (run: Run): Run =>
    (input, call) =>
    async () => {
      const { kind, reference, attempt } = call.intent
      const sent: Sent = { name: `${kind} ${reference} ${attempt}`, executed: 0 }
      bySignal.set(call.signal, sent)
      const result = (await run(input, call)()) as Either<{ readonly effect: string; readonly code: string }, unknown>
      if (isLeft(result) && result.left.effect === 'not_sent' && sent.executed > 0)
        violated('a call that sent nothing reached no vendor', `${sent.name}: ${result.left.code}`)
      const isMoneyOut = kind === 'refund' || kind === 'payout'
      if (isLeft(result) && result.left.effect === 'refused' && sent.executed > 0 && isMoneyOut)
        violated('a call that was refused was not executed', `${sent.name}: ${result.left.code}`)
      return result
    }

  return {
    nameOf: (signal) => (signal && bySignal.get(signal)?.name) ?? null,
    executed: (signal) => {
      const sent = signal && bySignal.get(signal)
      if (sent) sent.executed += 1
    },
    watch: (provider) => {
      const operations = Object.entries(provider.operations).map(([name, run]) => [name, watched(run as Run)])
      return { ...provider, operations: Object.fromEntries(operations) }
    },
  }
}

import type { Either, Observation, PaymentError } from '@railswitch/core'
import type { PayablClient } from '../native.ts'

/** What every look-up is given. */
export interface Asking {
  readonly client: PayablClient
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** What a look-up of one kind found. */
export type Found = Promise<Either<PaymentError, readonly Observation[]>>

/** What payabl showed us when asked: the answer is ours, and its way was TLS. */
export const lookedUp = (
  { vendorId, subject, fact }: Pick<Observation, 'vendorId' | 'subject' | 'fact'>,
  method: string,
  now: Date,
): Observation => ({
  id: `lookup|${vendorId}|${method}`,
  at: now.toISOString(),
  source: 'lookup',
  vendorId,
  trust: 'bound',
  subject,
  fact,
  word: { method },
})

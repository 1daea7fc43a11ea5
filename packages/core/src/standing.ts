import { fold, type Payment } from './fold.ts'
import { foldPayout, type Payout } from './fold-payout.ts'
import type { Thread } from './observation.ts'

/** What a thread's intents have become: a deposit with its refunds, or money out. */
export type Standing = Payment | Payout

/** Null for a thread without an intent of ours. */
export const standingOf = (thread: Thread): Standing | null => fold(thread) ?? foldPayout(thread)

export const isPayout = (standing: Standing): standing is Payout => 'kind' in standing

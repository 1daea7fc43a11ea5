import { fold, type Payment } from './fold.ts'
import { type Account, foldAccount } from './fold-account.ts'
import { foldPayout, type Payout } from './fold-payout.ts'
import type { Thread } from './observation.ts'

/** What a thread's intents have become: a deposit with its refunds, money out, or an account. */
export type Standing = Payment | Payout | Account

/** Null for a thread without an intent of ours. */
export const standingOf = (thread: Thread): Standing | null => fold(thread) ?? foldPayout(thread) ?? foldAccount(thread)

export const isDeposit = (standing: Standing): standing is Payment => !('kind' in standing)

import type { Happening } from './vendor-model.ts'

/** What the application does. Refunds are named as the vendor sees them: reference, or reference and attempt. */
export type Action =
  | { readonly does: 'deposit' | 'payout' | 'withdrawal' | 'account'; readonly name: string }
  | {
      readonly does: 'refund'
      readonly name: string
      readonly of: string
      readonly reference: string
      readonly attempt: number
      readonly amount: string
    }
  /** Of the account's mandate. */
  | { readonly does: 'charge'; readonly name: string; readonly from: string }
  | { readonly does: 'approve' | 'deny'; readonly name: string }
  /** An order that was begun elsewhere is taken in, with what was known of it. */
  | { readonly does: 'import'; readonly name: string; readonly state: 'pending' | 'not_credited_yet' | 'credited' }
  /** Another program of ours begins an order, with our address. */
  | { readonly does: 'begin elsewhere'; readonly name: string }

/** One step of a payment's history: `after` so many seconds, the application does something, or something happens at the vendor. */
export type Step = { readonly after: number } & (Action | Happening)

/** A payment's history. `reserved`, `recovered`: what the application answers. */
export interface History {
  readonly steps: readonly Step[]
  readonly reserved: boolean
  readonly recovered: boolean
}

/** How the notifications of a history arrive. Numbers are used in turn, and again from the first. */
export interface Schedule {
  /** Of each notification: how many steps later it comes. */
  readonly delays: readonly number[]
  /** How often it comes, besides the first time. */
  readonly copies: readonly number[]
  /** Which of those that are due comes next. */
  readonly order: readonly number[]
  /** Which calls of handlers fail, counted from 0. */
  readonly failing: readonly number[]
  /** Of each call: how many steps later its response comes. */
  readonly late: readonly number[]
  /** After which steps `sync` runs. */
  readonly syncs: readonly number[]
}

/** Everything at once, once, in order, and no handler fails. */
export const inOrder: Schedule = { delays: [0], copies: [0], order: [0], failing: [], late: [0], syncs: [] }

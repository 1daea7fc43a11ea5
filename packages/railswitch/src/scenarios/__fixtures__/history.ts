import type { Happening } from './vendor-model.ts'

/** What the application does. Refunds have the name that the vendor receives: reference, or reference and attempt. */
export type Action =
  | { readonly does: 'deposit' | 'payout' | 'withdrawal' | 'account' | 'mandate'; readonly name: string }
  | {
      readonly does: 'refund'
      readonly name: string
      readonly of: string
      readonly reference: string
      readonly attempt: number
      readonly amount: string
    }
  /** A charge of the account's mandate. */
  | { readonly does: 'charge'; readonly name: string; readonly from: string }
  | { readonly does: 'approve' | 'deny'; readonly name: string }
  /** An order that was begun elsewhere is imported with its state. */
  | { readonly does: 'import'; readonly name: string; readonly state: 'pending' | 'not_credited_yet' | 'credited' }
  /** Another program of ours begins an order with our callback address. */
  | { readonly does: 'begin elsewhere'; readonly name: string }

/** One step of a payment's history: `after` this number of seconds, the application does something, or something happens at the vendor. */
export type Step = { readonly after: number } & (Action | Happening)

/** A payment's history. `reserved`, `recovered`: the application's answers. */
export interface History {
  readonly steps: readonly Step[]
  readonly reserved: boolean
  readonly recovered: boolean
}

/** How the notifications of a history arrive. The numbers of a list are used in turn, then again from the first. */
export interface Schedule {
  /** For each notification: by how many steps it is delayed. */
  readonly delays: readonly number[]
  /** For each notification: how often it is repeated. */
  readonly copies: readonly number[]
  /** Which of the due notifications comes next. */
  readonly order: readonly number[]
  /** Which calls of handlers fail, counted from 0. */
  readonly failing: readonly number[]
  /** For each call: by how many steps its response is delayed. */
  readonly late: readonly number[]
  /** After which steps `sync` runs. */
  readonly syncs: readonly number[]
}

/** Every notification arrives immediately, once and in order, and no handler fails. */
export const inOrder: Schedule = { delays: [0], copies: [0], order: [0], failing: [], late: [0], syncs: [] }

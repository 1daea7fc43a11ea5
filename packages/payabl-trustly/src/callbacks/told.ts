import type { Fact, Money, Observation, PaymentRef, Thread } from '@railswitch/core'
import type { Notification } from './notification.ts'

/** A notification beside what it is about. */
export interface Told {
  readonly notification: Notification
  readonly thread: Thread
  /** The payment of ours: a deposit, which owns its refunds, or a payout. */
  readonly payment: PaymentRef
  /** As the notification has it, which `security` does not cover; null when it is missing or no money. */
  readonly money: Money | null
  /** A token of ours came with it. */
  readonly bound: boolean
  /** ISO 8601; `security` covers it. */
  readonly at: string
}

/** What it says, and how far that is believed. `vendorId`: where the money belongs to another transaction than told. */
export type News = Pick<Observation, 'fact' | 'trust'> & { readonly vendorId?: string }

/** payabl's own words: the type, and the state or else the code. */
export const wordOf = ({ type, errorcode, payment_state }: Notification): string =>
  `${type} ${errorcode === '0' ? (payment_state ?? '0') : errorcode}`

export const claimed = ({ bound }: Told): Observation['trust'] => (bound ? 'bound' : 'claimed')

export const unrecognised = (told: Told): News => ({
  fact: { type: 'unrecognised', method: wordOf(told.notification) },
  trust: claimed(told),
})

export const unexplained = (told: Told, reason: Extract<Fact, { type: 'unexplained' }>['reason']): News => ({
  fact: { type: 'unexplained', reason },
  trust: claimed(told),
})

/** 2000 is "pending": neither a success nor an error. */
export const isError = (errorcode: string): boolean => errorcode !== '0' && errorcode !== '2000'

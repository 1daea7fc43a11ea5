import type { Money } from 'railswitch'
import type { Paint } from './style.ts'

const good = new Set(['credited', 'confirmed', 'received', 'accepted', 'active'])
const bad = new Set(['not_credited', 'reversed', 'failed', 'returned', 'denied', 'not_received', 'unknown', 'revoked'])

/** A state in its colour. */
export const stateText = (state: string, paint: Paint): string =>
  paint(good.has(state) ? 'good' : bad.has(state) ? 'bad' : 'warning', state)

export const moneyText = (money: Money | null | undefined): string => (money ? `${money.value} ${money.currency}` : '')

/** A time in UTC without fractions of a second. */
export const timeText = (at: string): string => at.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '')

/** `1 payment`, `2 payments`. */
export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** For the output of commands that may lead to events. */
export const waitingText = (waiting: ReadonlySet<string>): string =>
  waiting.size === 0 ? '' : `${waiting.size} event${waiting.size === 1 ? ' waits' : 's wait'} for the application.\n`

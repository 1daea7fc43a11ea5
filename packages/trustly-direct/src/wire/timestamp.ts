import { type Either, left, minuteMs, right } from '@railswitch/core/provider'

export type TimestampFault = 'not_a_timestamp'

/**
 * Trustly's `2010-01-20 14:42:04.675645+01` (any number of fraction digits within 64 characters, offset in hours or `+05:30`) as
 * `2010-01-20T13:42:04.675Z`: UTC, always three digits, truncated and not rounded, so texts sort as times do.
 * @see https://docs.trustly.com/api/account-notification read 2026-11-21
 */
export const toIsoTime = (text: string): Either<TimestampFault, string> => {
  if (text.length > longestText) return left('not_a_timestamp')
  const [, date, day, time, fraction = '', sign, hours, minutes = '00'] = pattern.exec(text) ?? []
  const local = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  const offset = (Number(hours) * 60 + Number(minutes)) * minuteMs
  // `Date.parse` rolls 30 February over into March.
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)) return left('not_a_timestamp')
  const iso = new Date(sign === '-' ? local + offset : local - offset).toISOString()
  // A year before 0 or after 9999 has a sign and six digits.
  return iso.length === 24 ? right(iso) : left('not_a_timestamp')
}

const longestText = 64

const pattern = /^(\d{4}-\d\d-(\d\d)) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d+))?([+-])([01]\d)(?::?([0-5]\d))?$/

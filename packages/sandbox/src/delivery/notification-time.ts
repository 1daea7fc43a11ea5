import type { Clock } from '../platform/clock.ts'

/** When a notification says that it was written, and how long it is on its way. */
export type NotificationTime = {
  /** The vendor's timestamp in it; the time of the sandbox's clock unless given. What the books say is as of now. */
  readonly at?: Date
  /** Milliseconds of the sandbox's clock until the first attempt. Other notifications do not wait for it, and neither
   *  do `idle` and `attempted`. */
  readonly delayMs?: number
}

/** The times that notifications are given, for as long as what they are about happens. */
export type NotificationTimes = {
  /** Every notification that comes of what happens has this time. */
  readonly during: <Result>(time: NotificationTime, happen: () => Result) => Result
  readonly written: () => Date
  /** Sends now, or later. */
  readonly send: (send: () => void) => void
}

export const createNotificationTimes = ({ now, at }: Pick<Clock, 'now' | 'at'>): NotificationTimes => {
  let current: NotificationTime = {}
  return {
    during: (time, happen) => {
      const before = current
      current = time
      try {
        return happen()
      } finally {
        current = before
      }
    },
    written: () => current.at ?? now(),
    send: (send) => {
      if (current.delayMs === undefined) send()
      else at(new Date(now().getTime() + current.delayMs), send)
    },
  }
}

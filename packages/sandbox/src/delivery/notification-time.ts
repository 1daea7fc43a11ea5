import type { Clock } from '../platform/clock.ts'

/** The timestamp of a notification, and the delay of its first attempt. */
export interface NotificationTime {
  /** The timestamp in the notification; the time of the sandbox's clock unless given. The books are not backdated. */
  readonly at?: Date
  /** Milliseconds of the sandbox's clock until the first attempt. Other notifications, `idle` and `attempted` do not
   *  wait for it. */
  readonly delayMs?: number
}

/** Gives notifications their times. */
export interface NotificationTimes {
  /** Every notification that the action causes has this time. */
  readonly during: <Result>(time: NotificationTime, action: () => Result) => Result
  /** The timestamp for a notification that is written now. */
  readonly timestamp: () => Date
  /** Sends now, or after the delay. */
  readonly send: (send: () => void) => void
}

export const createNotificationTimes = ({ now, at }: Pick<Clock, 'now' | 'at'>): NotificationTimes => {
  let current: NotificationTime = {}
  return {
    during: (time, action) => {
      const before = current
      current = time
      try {
        return action()
      } finally {
        current = before
      }
    },
    timestamp: () => current.at ?? now(),
    send: (send) => {
      if (current.delayMs === undefined) send()
      else at(new Date(now().getTime() + current.delayMs), send)
    },
  }
}

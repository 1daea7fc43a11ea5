import { dayMs, minuteMs } from '@railswitch/core'

/** When to try again (ISO 8601): after half of the time since `since`, but at least after `shortestMs` and at most after a day. */
export const retryAt = (now: Date, since: string | undefined, shortestMs = minuteMs): string => {
  // A missing or invalid time counts as now.
  const sinceMs = Date.parse(since ?? '')
  const elapsedMs = Number.isNaN(sinceMs) ? 0 : now.getTime() - sinceMs
  return after(now, Math.min(dayMs, Math.max(shortestMs, elapsedMs / 2)))
}

export const after = (time: Date | string, ms: number): string => new Date(new Date(time).getTime() + ms).toISOString()

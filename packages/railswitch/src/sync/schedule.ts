import { dayMs, minuteMs } from '@railswitch/core'

/** When to ask again, as ISO 8601: soon at first, then when the silence has grown by half, but at least daily. */
export const waitAgain = (now: Date, silentSince: string | undefined, shortestMs = minuteMs): string => {
  // A time that no vendor reported, or one that is none, is as good as now.
  const since = Date.parse(silentSince ?? '')
  const silence = Number.isNaN(since) ? 0 : now.getTime() - since
  return after(now, Math.min(dayMs, Math.max(shortestMs, silence / 2)))
}

export const after = (time: Date | string, ms: number): string => new Date(new Date(time).getTime() + ms).toISOString()

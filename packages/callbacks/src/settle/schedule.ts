const minuteMs = 60_000
const dayMs = 86_400_000

/** When to ask again, as ISO 8601: soon at first, then when the silence has grown by half, but at least daily. */
export const waitAgain = (now: Date, silentSince: string | undefined, shortestMs = minuteMs): string => {
  const silence = now.getTime() - new Date(silentSince ?? now).getTime()
  return after(now, Math.min(dayMs, Math.max(shortestMs, silence / 2)))
}

export const after = (time: Date | string, ms: number): string => new Date(new Date(time).getTime() + ms).toISOString()

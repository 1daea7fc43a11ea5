const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** The two largest units of a time: `1 day 3 hours`, `10 seconds`. */
export const describeDuration = (ms: number): string => {
  const first = units.findIndex(([, size]) => ms >= size)
  if (first < 0) return 'less than a second'
  let left = ms
  const parts = units.slice(first, first + 2).flatMap(([name, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`]
  })
  return parts.join(' ')
}

/** A short time: `34 ms`, `1.2 s`. */
export const describeMs = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

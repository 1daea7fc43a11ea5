/** A time as in the XML responses: `dd.mm.yyyy HH:MM:SS` in the time zone. */
export const toLocalTime = (time: Date, timeZone: string): string => {
  const { day, month, year, hour, minute, second } = partsOf(time, timeZone)
  return `${day}.${month}.${year} ${hour}:${minute}:${second}`
}

/** The day in the time zone, as a number that can be compared: `20261120`. */
export const toLocalDay = (time: Date, timeZone: string): number => {
  const { day, month, year } = partsOf(time, timeZone)
  return Number(`${year}${month}${day}`)
}

const hourMs = 3_600_000

/** The difference of the time zone to UTC in whole hours. */
export const offsetHours = (time: Date, timeZone: string): number => {
  const { year, month, day, hour } = partsOf(time, timeZone)
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour))
  return (local - time.getTime() + (time.getTime() % hourMs)) / hourMs
}

const partsOf = (time: Date, timeZone: string) => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    year: part('year').padStart(4, '0'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

// Creating a format takes a hundred times as long as using it.
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const created = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, created)
  return created
}

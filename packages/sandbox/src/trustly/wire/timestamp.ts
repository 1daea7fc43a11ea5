/** PostgreSQL's text form, which is not ISO 8601: `2014-01-30 13:28:45.65+00`, no trailing zeros in the fraction,
 *  a two-digit offset. Always in UTC. */
export const toTimestamp = (time: Date): string => {
  const [seconds = '', fraction = ''] = time.toISOString().replace('T', ' ').slice(0, -1).split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${seconds}${digits && `.${digits}`}+00`
}

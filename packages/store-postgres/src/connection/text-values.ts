/** A text without the characters that PostgreSQL cannot store: they are replaced, so that the rest is not lost. */
export const storable = (text: string | null): string | null =>
  text?.replaceAll('\0', '\ufffd').replaceAll(/\p{Surrogate}/gu, '\ufffd') ?? null

export const toJson = (value: object): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? storable(member) : member))

/** The time that a parameter gives; without one, that of the database's clock, which all processes share. */
export const time = (parameter: number): string =>
  `date_trunc('milliseconds', coalesce($${parameter}::text::timestamptz, clock_timestamp()))`

export const integer = (parameter: number): string => `$${parameter}::text::bigint`

/** A time as ISO 8601, in UTC. */
export const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

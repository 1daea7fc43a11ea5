/**
 * The result of a query by tx_diagnose or send_notification. `queryStatus` is the result of the query, not of a payment: `0`
 * means that it ran. `processTime` is `dd.mm.yyyy HH:MM:SS` in a time zone that payabl does not state.
 */
export interface QueryResult {
  readonly queryStatus: string
  readonly errorMessage: string | undefined
  readonly processTime: string | undefined
}

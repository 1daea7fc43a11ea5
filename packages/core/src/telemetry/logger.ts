/** The port for an application's own logger; pino and console fit. Fields never hold a secret or personal data. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** What a log may hold of an error that is not ours: its message may hold anything. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

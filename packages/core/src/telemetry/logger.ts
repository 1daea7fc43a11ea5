/** The interface of the application's logger; pino and console implement it. Fields never contain a secret or personal data. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** The part of a foreign error that a log may contain. The message is left out: it may contain personal data or secrets. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

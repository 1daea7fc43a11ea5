/** The interface of the application's logger; pino and console implement it. Our fields contain no secret and no personal data. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** Writes warnings and errors to the console, one line each; everything else is left out. */
export const consoleLogger: Logger = {
  info: () => {},
  // biome-ignore lint/suspicious/noConsole: the only place that writes to it, for applications without a logger
  warn: (fields, message) => console.warn(lineOf('warning', fields, message)),
  // biome-ignore lint/suspicious/noConsole: as above
  error: (fields, message) => console.error(lineOf('error', fields, message)),
}

/** The logger, without the errors that it throws: no payment depends on a logger. */
export const withoutErrors = (logger: Logger): Logger => {
  const safely = (level: keyof Logger) => (fields: object, message: string) => {
    try {
      logger[level](fields, message)
    } catch {
      consoleLogger.error({ line: message }, 'the logger threw an error')
    }
  }
  return { info: safely('info'), warn: safely('warn'), error: safely('error') }
}

const lineOf = (level: string, fields: object, message: string): string => {
  const text = JSON.stringify(fields)
  return `railswitch ${level}: ${message}${text === '{}' ? '' : ` ${escaped(text)}`}`
}

/** JSON leaves these characters as they are, and a terminal may take them for line breaks or commands. */
const escaped = (text: string): string =>
  text.replace(/[\x7f-\x9f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

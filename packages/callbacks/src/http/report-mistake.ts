import { callOnError, type ErrorReporting, invalid } from '@railswitch/core'
import type { CallbackAddress } from './address.ts'

/** Something else has read the signed bytes first. */
export const reportUnreadable = (reporting: ErrorReporting, { rail }: CallbackAddress): void => {
  const message = 'callback not read: something else has read its body before'
  const hint =
    'mount payments.callbacks before any body parser: the signature covers the bytes as sent ' +
    "(Express: app.use('/callbacks', payments.callbacks.express) above app.use(express.json()); " +
    'NestJS: NestFactory.create(AppModule, { rawBody: true }))'
  report(reporting, { message, rail, hint })
}

/** The handler was called with the arguments of another server. */
export const reportWrongArguments = (reporting: ErrorReporting, handler: 'web' | 'node'): void => {
  const message = `callback not read: payments.callbacks.${handler} was called with other arguments`
  const hint =
    handler === 'web'
      ? 'pass a Request of the Web API; node:http and Express need payments.callbacks.node or .express'
      : 'pass the request and the response of node:http; Fastify needs payments.callbacks.fastify; Next.js, Hono, Deno and Bun need payments.callbacks.web'
  report(reporting, { message, hint })
}

/** A POST to an address that is not ours: a rail was removed, or the path was changed on its way. The path is not logged: it may contain a token. */
export const reportUnknownAddress = ({ logger }: ErrorReporting): void => {
  const hint = 'the path must end in /<rail>/<token>, with the name of a configured rail'
  logger.warn({ hint }, 'callback refused: its address names no configured rail')
}

/** The stack of such an error says nothing, so the log has only the hint. */
const report = (
  reporting: ErrorReporting,
  { message, ...fields }: { readonly message: string; readonly hint: string; readonly rail?: string },
): void => {
  reporting.logger.error(fields, message)
  const issue = { field: 'payments.callbacks', rule: message, fix: fields.hint }
  callOnError(reporting, invalid('invalid_configuration', [issue]), { during: 'callback', message, ...fields })
}

import { Hono } from 'hono'
import type { Payments } from 'railswitch'

/** The Web face takes the request as it came: Hono parses nothing unless it is asked to. */
export const honoApp = (payments: Payments) =>
  new Hono().post('/callbacks/*', (context) => payments.callbacks.web(context.req.raw))

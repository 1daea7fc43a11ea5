import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { payments, readOrder, refundPart, startDeposit } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)
const app = new Hono()

// Hono parses nothing unless it is asked to: the request comes as it was sent.
app.post('/callbacks/*', (context) => payments.callbacks.web(context.req.raw))

app.get('/orders/:reference', async (context) => context.json(await readOrder(context.req.param('reference'))))
app.post('/orders/:reference/pay', async (context) => context.json(await startDeposit(context.req.param('reference'))))
app.post('/orders/:reference/refund', async (context) => context.json(await refundPart(context.req.param('reference'))))

serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () =>
  console.log(`The shop runs at http://127.0.0.1:${port}`),
).on('error', (error: Error) => {
  console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
  process.exit(1)
})

import Fastify from 'fastify'
import { payments, readOrder, refundPart, startDeposit } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)
const app = Fastify()

// A plugin with a parser of its own, which keeps the bytes as sent. Other plugins and parsers make no difference to it.
app.register(payments.callbacks.fastify, { prefix: '/callbacks' })

type Order = { Params: { reference: string } }

app.get<Order>('/orders/:reference', ({ params }) => readOrder(params.reference))
app.post<Order>('/orders/:reference/pay', ({ params }) => startDeposit(params.reference))
app.post<Order>('/orders/:reference/refund', ({ params }) => refundPart(params.reference))

await app.listen({ port, host: '127.0.0.1' }).catch((error: Error) => {
  console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
  process.exit(1)
})
console.log(`The shop runs at http://127.0.0.1:${port}`)

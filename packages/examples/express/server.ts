import express from 'express'
import { payments, readOrder, refundPart, startDeposit } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)
const app = express()

// Before every body parser: the signature covers the bytes as sent.
app.use('/callbacks', payments.callbacks.express)

app.use(express.json())
app.get('/orders/:reference', async (request, response) => {
  response.json(await readOrder(request.params.reference))
})
app.post('/orders/:reference/pay', async (request, response) => {
  response.json(await startDeposit(request.params.reference))
})
app.post('/orders/:reference/refund', async (request, response) => {
  response.json(await refundPart(request.params.reference))
})

app.listen(port, '127.0.0.1', (error) => {
  if (!error) return console.log(`The shop runs at http://127.0.0.1:${port}`)
  console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
  process.exit(1)
})

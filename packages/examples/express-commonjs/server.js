const express = require('express')
const { configFromEnv, createPayments, memoryStore } = require('railswitch')

const port = Number(process.env.PORT ?? 3000)

const payments = createPayments({
  ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch
  store: memoryStore(), // loses its payments with the process: the examples of stores keep them
  requires: ['deposit', 'refund.partial'],
})

payments.on({
  'deposit.credited': ({ reference, amount, now }) => {
    if (now?.state !== 'credited') return // reversed in the meantime: `deposit.reversed` follows
    console.log(`${reference}: ${amount.value} ${amount.currency} credited: ship the goods`)
  },
  'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
})

const customer = {
  id: 'customer-77',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@customer.example',
  country: 'SE',
  locale: 'sv-SE',
}

const app = express()

// Before every body parser: the signature covers the bytes as sent.
app.use('/callbacks', payments.callbacks.express)

app.use(express.json())
app.get('/orders/:reference', async (request, response) => {
  const { rail, state, credited, refunded } = await payments.getDeposit({ reference: request.params.reference })
  response.json({ rail, state, credited: credited.value, refunded: refunded.value })
})
app.post('/orders/:reference/pay', async (request, response) => {
  const { reference } = request.params
  const amount = { value: '249.90', currency: 'SEK' }
  const returnUrl = `https://shop.example/orders/${reference}`
  response.json(await payments.deposit({ reference, amount, customer, returnUrl }))
})
app.post('/orders/:reference/refund', async (request, response) => {
  const { payment } = await payments.getDeposit({ reference: request.params.reference })
  const amount = { value: '100.00', currency: 'SEK' }
  response.json(await payments.refund({ payment, reference: `${request.params.reference}-refund`, amount }))
})

app.listen(port, '127.0.0.1', (error) => {
  if (!error) return console.log(`The shop runs at http://127.0.0.1:${port}`)
  console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
  process.exit(1)
})

// Handles what no callback reported.
setInterval(() => payments.sync().catch(console.error), 60_000).unref()

// A deployment ends the process: running handlers finish first.
process.once('SIGTERM', () => payments.close().finally(() => process.exit()))

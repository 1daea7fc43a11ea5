// What a new user writes: a shop that takes a deposit, receives its callback and makes a refund, on both rails of the sandbox.
const { createServer } = require('node:http')
const { once } = require('node:events')

/** Resolves with a line for each rail, and rejects if one of them ends in another way. */
exports.pay = async ({ createPayments, memoryStore }, { startSandbox, walkCheckout }) => {
  const sandbox = await startSandbox()
  const { trustly, payabl } = sandbox
  const providers = {
    trustly: {
      use: 'trustly-direct',
      environment: 'local',
      url: trustly.url,
      publicKey: trustly.publicKey,
      username: trustly.merchant.username,
      password: trustly.merchant.password,
      privateKey: trustly.merchant.privateKey,
    },
    payabl: {
      use: 'payabl-trustly',
      environment: 'local',
      url: payabl.url,
      merchantId: payabl.merchant.merchantId,
      secret: payabl.merchant.secret,
    },
  }
  const amount = { value: '249.90', currency: 'SEK' }
  const lines = []
  for (const active of ['trustly', 'payabl']) {
    const server = createServer((request, response) => payments.callbacks.node(request, response)).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    const payments = createPayments({
      active,
      providers,
      store: memoryStore(),
      callbacks: {
        url: `http://127.0.0.1:${server.address().port}/callbacks`,
        secrets: ['a-secret-that-only-this-test-uses-0001'],
      },
      statement: 'SHOP.EXAMPLE',
      requires: ['deposit', 'refund.partial'],
    })
    const events = []
    payments.on({
      'deposit.credited': ({ reference }) => events.push(`${reference} credited`),
      'deposit.reversed': () => ({ recovered: false }),
    })
    const { payment, redirectUrl } = await payments.deposit({
      reference: 'order-1001',
      amount,
      customer: {
        id: 'c-77',
        firstName: 'Åsa',
        lastName: 'Öberg-Wałęsa',
        email: 'asa@customer.example',
        country: 'SE',
        locale: 'sv-SE',
      },
      returnUrl: 'https://shop.example/orders/1001',
    })
    await walkCheckout(redirectUrl)
    await sandbox[active].idle()
    const { status } = await payments.refund({
      payment,
      reference: 'refund-1001-a',
      amount: { value: '100.00', currency: 'SEK' },
    })
    await sandbox[active].idle()
    const { state, refunded } = await payments.getDeposit({ payment })
    const line = `${active}: ${events.join(', ')}; ${state}; refund ${status}, ${refunded.value} refunded`
    await payments.close()
    server.close()
    server.closeAllConnections()
    if (line !== `${active}: order-1001 credited; credited; refund accepted, 100.00 refunded`) throw new Error(line)
    lines.push(line)
  }
  await sandbox.close()
  return lines
}

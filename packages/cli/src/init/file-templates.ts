import { randomBytes } from 'node:crypto'

/** The variables of an application without the accounts of its rails, with a new secret. */
export const environment = (): string => `# The variables of the application. Keep this file out of git.
# npx railswitch sandbox --write-env adds the accounts of a sandbox below.

# The rails of the application, and the one that new payments use: the switch.
RAILSWITCH_RAILS=trustly,payabl
RAILSWITCH_ACTIVE=trustly

# Where the vendors send callbacks: /callbacks of the application, as they reach it.
RAILSWITCH_CALLBACK_URL=http://127.0.0.1:3000/callbacks

# Signs the addresses for callbacks. To replace it:
# npx railswitch keys rotate callback-secret --env-file .env
RAILSWITCH_CALLBACK_SECRETS=${randomBytes(32).toString('base64url')}

# What customers read on their bank statement, your brand first.
RAILSWITCH_STATEMENT=SHOP.EXAMPLE
`

/** `railswitch.config.mjs`. */
export const configuration = `// The part of the configuration that is neither secret nor different per environment.
// Variables of the environment (.env) take precedence: they have accounts, keys and
// addresses.
export default {
  // The start fails if a rail cannot do one of these.
  requires: ['deposit', 'refund.partial'],

  callbacks: {
    // How long an event handler may take, in milliseconds.
    handlerTimeoutMs: 10_000,
  },

  // Whether sync() looks up credits that no signature covers (payabl).
  crossCheck: true,
}
`

/** `smoke.test.mjs`, which needs no running sandbox. */
export const smokeTest = `// npm test: takes a deposit and refunds a part, on both rails of a sandbox of its own.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { createPayments, memoryStore } from 'railswitch'

for (const active of ['trustly', 'payabl'])
  test(\`a deposit is credited and partly refunded: \${active}\`, async () => {
    const sandbox = await startSandbox()
    const server = createServer((request, response) => payments.callbacks.node(request, response))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { trustly, payabl } = sandbox
    const payments = createPayments({
      active,
      providers: {
        trustly: {
          use: 'trustly-direct',
          environment: 'local',
          ...trustly.merchant,
          url: trustly.url,
          publicKey: trustly.publicKey, // Trustly's own, not the merchant's
        },
        payabl: { use: 'payabl-trustly', environment: 'local', url: payabl.url, ...payabl.merchant },
      },
      store: memoryStore(),
      statement: 'SHOP.EXAMPLE',
      callbacks: {
        url: \`http://127.0.0.1:\${server.address().port}/callbacks\`,
        secrets: ['a-secret-that-only-this-test-uses-0001'],
      },
    })
    try {
      const credited = []
      payments.on({
        'deposit.credited': ({ reference }) => credited.push(reference),
        'deposit.reversed': () => ({ recovered: false }),
      })
      const { redirectUrl, payment } = await payments.deposit({
        reference: 'order-1',
        amount: { value: '249.90', currency: 'SEK' },
        customer: {
          id: 'customer-77',
          firstName: 'Åsa',
          lastName: 'Öberg',
          email: 'asa@customer.example',
          country: 'SE',
          locale: 'sv-SE',
        },
        returnUrl: 'https://shop.example/orders/order-1',
      })
      await walkCheckout(redirectUrl)
      await sandbox[active].idle()
      const amount = { value: '100.00', currency: 'SEK' }
      const { status } = await payments.refund({ payment, reference: 'order-1-refund', amount })
      const { state, refunded } = await payments.getDeposit({ reference: 'order-1' })
      assert.deepEqual([credited, state, status, refunded.value], [['order-1'], 'credited', 'accepted', '100.00'])
    } finally {
      await payments.close()
      await sandbox.close()
      server.close()
    }
  })
`

import { randomBytes } from 'node:crypto'
import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { walkThrough } from './walk-through.ts'

const sandbox = await startSandbox()
const { merchant, publicKey, url } = sandbox.trustly

/** What would stand in a deployment's environment; the keys were made a moment ago. */
const env = {
  RAILSWITCH_ACTIVE: 'trustly',
  RAILSWITCH_RAILS: 'trustly',
  RAILSWITCH_CALLBACK_SECRETS: randomBytes(32).toString('base64url'),
  RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
  RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
  RAILSWITCH_TRUSTLY_URL: url,
  RAILSWITCH_TRUSTLY_PUBLIC_KEY: publicKey,
  RAILSWITCH_TRUSTLY_USERNAME: merchant.username,
  RAILSWITCH_TRUSTLY_PASSWORD: merchant.password,
  RAILSWITCH_TRUSTLY_PRIVATE_KEY: merchant.privateKey,
}

const interactive = process.stdout.isTTY === true
const { shop, payment, timeline } = await walkThrough(
  'trustly',
  env,
  { walk: (checkout) => walkCheckout(checkout), idle: sandbox.trustly.idle },
  interactive ? 8080 : 0,
)
timeline.print()

const [order] = sandbox.trustly.books().orders
console.log(`
The vendor's books (a twin of Trustly on this machine, which shares no code with the shop's side):
     order ${order?.orderId}: ${order?.state}, refunds ${order?.refunds.map(({ amount, state }) => `${amount} ${state}`).join(', ')}
     notifications ${order?.notifications.map(({ method, attempts }) => `${method} ${attempts.at(-1)?.verdict}`).join(', ')}
     merchant balance ${Object.entries(sandbox.trustly.books().balance)
       .map(([currency, amount]) => `${amount} ${currency}`)
       .join(', ')}
`)

if (payment.state !== 'credited' || payment.refunded.value !== '149.90') {
  console.error('The walk did not end as it should.')
  process.exitCode = 1
}

if (interactive) {
  console.log(`Now you: the shop is at ${shop.url}, and its checkout pages are the twin's. Ctrl+C ends both.\n`)
} else {
  await shop.close()
  await sandbox.close()
}

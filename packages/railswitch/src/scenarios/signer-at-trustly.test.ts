import { sign as rsaSign } from 'node:crypto'
import { inspect } from 'node:util'
import type { Signer } from '@railswitch/core'
import { merchantPair, strangerPair } from '@railswitch/sandbox/fixtures/keys'
import type { Payments } from '../payments.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const merchantKey = merchantPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const bySigning: Signer['sign'] = async (bytes, { hash }) => rsaSign(hash, bytes, merchantPair.privateKey)

/** A shop whose key is in a KMS. The test can replace what the KMS does. */
const startWith = (more: object = {}) => {
  const kms = { sign: bySigning }
  const { url, publicKey, merchant } = shop.sandbox.trustly
  const signer: Signer = { sign: (bytes, options) => kms.sign(bytes, options) }
  const payments: Payments<void> = shop.start({
    providers: {
      t: {
        use: 'trustly-direct',
        environment: 'local',
        url,
        publicKey,
        username: merchant.username,
        password: merchant.password,
        signer,
        registeredPublicKey: merchantKey,
        replayAfterMs: [],
        ...more,
      },
    },
  })
  return { payments, kms }
}

const idle = () => shop.sandbox.trustly.idle()
const credited = () => shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] })
const types = () => shop.events.map(({ type }) => type)

test.each(['sha1', 'rs256', 'rs384', 'rs512'])(
  'a signer signs what Trustly accepts with %s: deposits, refunds and acknowledgements',
  async (signature) => {
    const { payments } = startWith({ signature })
    const { payment } = await payments.deposit(depositOf('order-1'))
    credited()
    await idle()
    expect(types()).toEqual(['deposit.credited'])
    const refund = { payment, reference: 'refund-1', amount: sek('40.00') }
    expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
    const outcomes = shop
      .order('order-1')
      .notifications.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome))
    expect(outcomes).toEqual(['accepted'])
  },
)

const refusal = Object.assign(new Error('marked-cause'), { name: 'AccessDeniedException' })

test.each<[string, Signer['sign'], object, string, string]>([
  ['rejects', () => Promise.reject(refusal), {}, 'unreachable', 'AccessDeniedException'],
  ['hangs', () => new Promise(() => {}), { timeoutMs: 20 }, 'unreachable', 'SignatureTimeout'],
  [
    'has another key',
    async (bytes, { hash }) => rsaSign(hash, bytes, strangerPair.privateKey),
    {},
    'misconfigured',
    'registeredPublicKey',
  ],
])('if the signer %s, nothing is sent, and the same call works later', async (_name, sign, more, code, words) => {
  const { payments, kms } = startWith(more)
  kms.sign = sign
  const error = await payments.deposit(depositOf('order-1')).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code,
    effect: 'not_sent',
    retry: 'same_attempt',
    message: expect.stringContaining(words),
  })
  expect(shop.sandbox.trustly.books().orders).toEqual([])
  const shown = [
    JSON.stringify(error),
    shop.logs.join(),
    inspect(error, { depth: 9 }).replaceAll('marked-cause', ''),
  ].join()
  for (const secret of ['marked-', shop.sandbox.trustly.merchant.password, 'asa@customer.example'])
    expect(shown).not.toContain(secret)
  // The same shop with the usual time limit: that of a hanging signer is too short for a call on a busy machine.
  const later = startWith().payments
  expect(await later.deposit(depositOf('order-1'))).toMatchObject({ payment: 'rs1.t.deposit.order-1.1' })
})

test('the error of the signer is the cause', async () => {
  const { payments, kms } = startWith()
  kms.sign = () => Promise.reject(refusal)
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ cause: refusal })
})

test('an acknowledgement that is not signed is 503: Trustly delivers again, and the handler is not called again', async () => {
  const { payments, kms } = startWith()
  await payments.deposit(depositOf('order-1'))
  let failures = 0
  kms.sign = (bytes, options) => {
    failures += 1
    return failures > 2 ? bySigning(bytes, options) : Promise.reject(refusal)
  }
  credited()
  await idle()
  expect(types()).toEqual(['deposit.credited'])
  expect(failures).toBe(3)
  const reason = '"code":"unreachable","reason":"`signer` gave no signature (AccessDeniedException)."'
  expect(
    shop.logs.filter((line) => line.startsWith('callback not acknowledged') && line.includes(reason)),
  ).toHaveLength(2)
  expect(shop.logs.join()).not.toContain('marked-')
})

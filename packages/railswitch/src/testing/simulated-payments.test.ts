import { left, memoryStore, type PaymentEvent, type PaymentProvider, pause, type Transport } from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import { createSimulatedPayments, type Ports } from '../for-testing.ts'
import { withoutStack } from '../scenarios/__fixtures__/bank.ts'
import { createPayablModel, payablSecret } from '../scenarios/__fixtures__/payabl-model.ts'
import { deliver } from '../scenarios/__fixtures__/scheduled-deliveries.ts'
import { depositOf, sek } from '../scenarios/__fixtures__/shop-at-trustly.ts'
import { trustlyPublicKey } from '../scenarios/__fixtures__/signed-by-trustly.ts'
import { createTrustlyModel } from '../scenarios/__fixtures__/trustly-model.ts'
import type { VendorModel } from '../scenarios/__fixtures__/vendor-model.ts'
import { createVirtualTime } from './__fixtures__/virtual-time.ts'

const minute = 60_000

type Trace = (line: string) => void

interface Rail {
  readonly vendor: VendorModel
  readonly provider: PaymentProvider
}

/** The transport to the vendor. The response to each request of this kind is lost. */
const recorded = ({ transport }: VendorModel, trace: Trace, lost: RegExp): Transport => {
  return (request) => async () => {
    const sent = `${request.url} ${Buffer.from(request.body).toString('latin1')}`
    trace(`request ${sent}`)
    const response = await transport(request)()
    return lost.test(sent) ? left({ sent: true, reason: 'timeout' }) : response
  }
}

const payabl = ({ runtime }: Ports, trace: Trace): Rail => {
  const vendor = createPayablModel(runtime.now, { captures: 'own', refunds: 'own', chargebacks: 'own' })
  const provider = createPayablTrustly(
    {
      environment: 'local',
      url: 'https://payabl.example/pay/backoffice',
      merchantId: 'shop',
      secret: payablSecret,
    },
    { runtime, transport: recorded(vendor, trace, /payment_refund/) },
  )
  if (provider._tag === 'Left') throw new Error('The options are wrong.')
  return { vendor, provider: provider.right }
}

/** Neither signs nor verifies with a key. */
const trustly = ({ runtime }: Ports, trace: Trace): Rail => {
  const vendor = createTrustlyModel(runtime.now)
  const signer = {
    sign: async (bytes: Uint8Array) => {
      trace(`signed ${bytes.byteLength} bytes`)
      return new Uint8Array(256)
    },
  }
  const provider = createTrustlyDirect(
    {
      environment: 'local',
      url: 'https://trustly.example/api/1',
      publicKey: trustlyPublicKey,
      username: 'shop',
      password: 'password',
      signer,
    },
    { runtime, transport: recorded(vendor, trace, /"Refund"/), verify: () => true },
  )
  if (provider._tag === 'Left') throw new Error('The options are wrong.')
  return { vendor, provider: provider.right }
}

/** Two deposits at once, a handler that hangs, a refund whose response is lost, and the syncs that find out. Returns the trace. */
const play = async (openRail: (ports: Ports, trace: Trace) => Rail): Promise<readonly string[]> => {
  const lines: string[] = []
  const trace: Trace = (line) => void lines.push(line)
  const { ports, during, move } = createVirtualTime(trace)
  const { vendor, provider } = openRail(ports, trace)
  const log = (fields: object, message: string) => trace(`log ${message} ${JSON.stringify(fields, withoutStack)}`)
  const payments = createSimulatedPayments<void>(
    {
      active: 'v',
      providers: { v: provider },
      store: memoryStore(ports),
      statement: 'SHOP',
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['callback-secret-of-32-characters-x'] },
      logger: { info: log, warn: log, error: log },
    },
    ports,
  )
  const hanging = new Set(['order-2'])
  const onEvent = async (event: PaymentEvent): Promise<void> => {
    trace(`event ${JSON.stringify(event)}`)
    if (hanging.delete(event.reference ?? '')) await pause(ports.runtime, minute)
  }
  payments.on({
    'deposit.credited': onEvent,
    'deposit.reversed': () => ({ recovered: true }),
    'refund.confirmed': onEvent,
    'review.needed': onEvent,
  })
  const deliverAll = () =>
    Promise.all(vendor.outbox.map(async (one) => trace(`acknowledged ${await deliver(payments, one)}`)))

  const begun = await during(Promise.all(['order-1', 'order-2'].map((name) => payments.deposit(depositOf(name)))))
  for (const { payment, redirectUrl } of begun) trace(`checkout ${payment} ${redirectUrl}`)
  for (const name of ['order-1', 'order-2'])
    vendor.happen({ what: 'credited', of: name, amount: '100.00', currency: 'SEK', transaction: 0 })
  await during(deliverAll())
  const [{ payment } = { payment: '' as never }] = begun
  const refund = await during(payments.refund({ payment, reference: 'refund-1', amount: sek('40.00') }))
  trace(`refund ${JSON.stringify(refund)}`)
  for (const minutes of [5, 120]) {
    move(minutes * minute)
    await during(deliverAll())
    trace(`sync ${JSON.stringify(await during(payments.sync()))}`)
  }
  trace(`deposit ${JSON.stringify(await during(payments.getDeposit({ reference: 'order-1' })))}`)
  return lines
}

test.each<[string, (ports: Ports, trace: Trace) => Rail, readonly RegExp[]]>([
  ['payabl', payabl, [/^request .*tx_diagnose/]],
  ['trustly', trustly, [/^signed \d+ bytes$/, /^timer of 250 ms$/, /^timer of 30000 ms cancelled$/]],
])('at %s, the same history has the same trace, byte for byte', async (_name, openRail, lines) => {
  const first = await play(openRail)
  const trace = await play(openRail)
  expect(trace.join('\n')).toBe(first.join('\n'))
  for (const line of [
    /^UUID 3$/,
    /^token for order-2$/,
    /^token opened$/,
    /^timer of 10000 ms$/,
    /^timer of 120000 ms cancelled$/,
    /^acknowledged false$/,
    /^acknowledged true$/,
    ...lines,
  ])
    expect(trace).toContainEqual(expect.stringMatching(line))
})

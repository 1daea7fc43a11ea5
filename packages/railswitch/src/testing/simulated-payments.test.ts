import { left, memoryStore, type PaymentEvent, pause, type Transport } from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createPayablModel, payablSecret } from '../scenarios/__fixtures__/payabl-model.ts'
import { deliver } from '../scenarios/__fixtures__/scheduled-deliveries.ts'
import { depositOf, sek } from '../scenarios/__fixtures__/shop-at-trustly.ts'
import { createVirtualTime } from './__fixtures__/virtual-time.ts'
import { createSimulatedPayments } from './simulated-payments.ts'

const minute = 60_000

/** Two deposits at once, a handler that hangs, a refund whose response is lost, and the syncs that find out. Returns the trace. */
const play = async (): Promise<readonly string[]> => {
  const lines: string[] = []
  const trace = (line: string) => void lines.push(line)
  const { ports, during, move } = createVirtualTime(trace)
  const { runtime } = ports
  const vendor = createPayablModel(runtime.now, { captures: 'own', refunds: 'own', chargebacks: 'own' })
  const transport: Transport = (request) => async () => {
    trace(`request ${request.url} ${Buffer.from(request.body).toString('latin1')}`)
    const response = await vendor.transport(request)()
    return request.url.endsWith('payment_refund') ? left({ sent: true, reason: 'timeout' }) : response
  }
  const rail = createPayablTrustly(
    {
      environment: 'local',
      url: 'https://payabl.example/pay/backoffice',
      merchantId: 'shop',
      secret: payablSecret,
    },
    { transport, runtime },
  )
  if (rail._tag === 'Left') throw new Error('The options are wrong.')
  const log = (fields: object, message: string) => trace(`log ${message} ${JSON.stringify(fields)}`)
  const payments = createSimulatedPayments<void>(
    {
      active: 'p',
      providers: { p: rail.right },
      store: memoryStore({ runtime }),
      statement: 'SHOP',
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['callback-secret-of-32-characters-x'] },
      logger: { info: log, warn: log, error: log },
    },
    ports,
  )
  const hanging = new Set(['order-2'])
  const onEvent = async (event: PaymentEvent): Promise<void> => {
    trace(`event ${JSON.stringify(event)}`)
    if (hanging.delete(event.reference ?? '')) await pause(runtime, minute)
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

test('the same history has the same trace, byte for byte', async () => {
  const first = await play()
  const trace = (await play()).join('\n')
  expect(trace).toBe(first.join('\n'))
  for (const line of [
    'UUID 3',
    'token for order-2',
    'token opened',
    'timer of 10000 ms',
    'timer of 120000 ms cancelled',
  ])
    expect(trace).toContain(`\n${line}\n`)
  expect(trace).toContain('acknowledged false')
  expect(trace).toContain('acknowledged true')
  expect(trace).toContain('tx_diagnose')
})

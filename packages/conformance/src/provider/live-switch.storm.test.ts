import {
  eventTypes,
  type Issue,
  isLeft,
  memoryStore,
  type PaymentError,
  type PaymentEvent,
  type PaymentRef,
} from '@railswitch/core'
import type { PaymentProvider } from '@railswitch/core/provider'
import type { Handlers, Payments } from 'railswitch'
import { createSimulatedPayments, createSimulatedTokens } from 'railswitch/testing'
import { meridianUnderTest } from './__fixtures__/rails/meridian.ts'
import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'
import type { OpenedProvider, ProviderUnderTest } from './provider-under-test.ts'
import { callbackUrl } from './world/shop.ts'
import { createRandom, createVirtualTime } from './world/virtual-time.ts'

const subjects: Readonly<Record<string, ProviderUnderTest>> = {
  trustly: trustlyUnderTest,
  gateway: payablUnderTest,
  meridian: meridianUnderTest,
}
const names = Object.keys(subjects)
const eur = (value: string) => ({ value, currency: 'EUR' })

interface Rail {
  readonly opened: OpenedProvider
  readonly provider: PaymentProvider
}

/** A shop whose configuration can change while payments are in flight, and the vendors of all rails. */
const openShop = async () => {
  const time = createVirtualTime()
  const store = memoryStore({ runtime: time.shop })
  const events: PaymentEvent[] = []
  const rails = new Map<string, Rail>()
  const shop: { active: string; payments: Payments<void> | null } = { active: names[0] ?? '', payments: null }
  for (const [name, subject] of Object.entries(subjects)) {
    const opened = await subject.open({
      now: time.now,
      after: time.after,
      random: createRandom(),
      post: async ({ url, headers, body }) => {
        const request = new Request(url, { method: 'POST', headers, body: Uint8Array.from(body) })
        const reply = await shop.payments?.callbacks.web(request)
        if (!reply) throw new Error('connection refused')
        const contentType = reply.headers.get('content-type') ?? ''
        return { status: reply.status, contentType, body: new Uint8Array(await reply.arrayBuffer()) }
      },
    })
    const created = opened.definition.create(opened.options, { transport: opened.transport, runtime: time.provider })
    if (isLeft<readonly Issue[]>(created)) throw new Error(JSON.stringify(created.left))
    rails.set(name, { opened, provider: created.right })
  }
  const start = (configured: readonly string[]): void => {
    const payments = createSimulatedPayments<void>(
      {
        active: () => shop.active,
        providers: Object.fromEntries(
          [...rails].filter(([name]) => configured.includes(name)).map(([name, { provider }]) => [name, provider]),
        ),
        store,
        callbacks: { url: callbackUrl, secrets: ['secret-of-the-callback-addresses'] },
        statement: 'SHOP',
        logger: false,
      },
      { runtime: time.shop, createTokens: createSimulatedTokens },
    )
    const handle = (event: PaymentEvent) => {
      events.push(event)
      return { recovered: true, reserved: true, proceed: true }
    }
    payments.on(Object.fromEntries(eventTypes.map((type) => [type, handle])) as unknown as Handlers<void>)
    shop.payments = payments
  }
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    shop,
    start,
    rails,
    events,
    store,
    payments: (): Payments<void> => shop.payments ?? fail('the shop has not started'),
    days: async (count: number, step = 24): Promise<void> => {
      for (let left = count * step; left > 0; left -= 1) {
        await time.advance(86_400_000 / step, settled)
        await shop.payments?.sync()
      }
    },
    close: async () => {
      for (const { opened } of rails.values()) await opened.close()
    },
  }
}

const fail = (message: string): never => {
  throw new Error(message)
}

const customer = {
  id: 'customer-1',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@customer.example',
}

test('300 payments in flight end right, once, at the rail that began them, while `active` flips and a rail is removed', async () => {
  const { shop, start, rails, events, payments, days, close } = await openShop()
  const deposits = new Map<string, { rail: string; payment: PaymentRef; isPaid: boolean }>()
  const refunds = new Map<string, string>()
  const payouts = new Map<string, string>()
  const refused: (() => Promise<unknown>)[] = []
  start(names)
  let flips = 0
  for (let index = 0; index < 300; index += 1) {
    if (index > 0 && index % 45 === 0) {
      flips += 1
      shop.active = names[flips % names.length] ?? ''
    }
    // While the gateway is removed, another rail is active.
    if (index === 100) start(names.filter((name) => name !== 'gateway'))
    if (index === 132) start(names)
    await begin(index)
    await actAsCustomer(index - 9)
  }
  for (let index = 291; index < 300; index += 1) await actAsCustomer(index)
  expect(flips).toBe(6)
  expect(new Set([...deposits.values()].map(({ rail }) => rail)).size).toBe(3)
  await days(3, 4)
  const late = refused.splice(0)
  expect(late.length).toBeGreaterThan(0)
  for (const again of late) await again()
  await days(3, 4)

  const atVendors = (reference: string): readonly string[] =>
    [...rails].flatMap(([name, { opened }]) => opened.vendor.orders(reference).map(() => name))
  for (const [reference, { rail, isPaid }] of deposits) {
    const { state } = await payments().getDeposit({ reference })
    expect([reference, state, atVendors(reference)]).toEqual([reference, isPaid ? 'credited' : 'not_credited', [rail]])
    const [order] = rails.get(rail)?.opened.vendor.orders(reference) ?? []
    expect([reference, order?.refunds]).toEqual([reference, refunds.has(reference) ? [eur('40.00')] : []])
  }
  const credited = events.flatMap(({ type, reference }) => (type === 'deposit.credited' ? [reference ?? ''] : []))
  expect(credited.sort()).toEqual(
    [...deposits].flatMap(([reference, { isPaid }]) => (isPaid ? [reference] : [])).sort(),
  )
  for (const [reference, rail] of payouts) {
    const [order] = rails.get(rail)?.opened.vendor.orders(reference) ?? []
    expect([reference, order?.sent, atVendors(reference)]).toEqual([reference, eur('50.00'), [rail]])
  }
  expect(deposits.size + refunds.size + payouts.size).toBe(300)
  await close()

  async function begin(index: number): Promise<void> {
    if (index % 5 === 3) {
      const reference = `payout-${index}`
      const { rail } = await payments().payout({
        reference,
        amount: eur('50.00'),
        to: { account: { country: 'DE', accountNumber: 'DE89370400440532013000' } },
        customer: { ...customer, dateOfBirth: '1979-01-31' },
      })
      payouts.set(reference, rail)
    } else if (index % 5 === 4 && index > 20) {
      const open = [...deposits].filter(([reference, { isPaid }]) => isPaid && !refunds.has(reference))
      const paid = open.find(([, { rail }]) => rail === names[index % names.length]) ?? open[0] ?? fail('none is paid')
      const [reference, { payment }] = paid
      refunds.set(reference, `refund-${index}`)
      const refund = () => payments().refund({ payment, reference: `refund-${index}`, amount: eur('40.00') })
      await refund().catch((error: PaymentError) => {
        expect(error).toMatchObject({ code: 'rail_missing', effect: 'not_sent' })
        refused.push(refund)
      })
    } else {
      const reference = `order-${index}`
      const { payment, rail } = await payments().deposit({
        reference,
        amount: eur('100.00'),
        customer: { ...customer, country: 'DE', locale: 'de-DE' },
        returnUrl: 'https://shop.example/thanks',
      })
      deposits.set(reference, { rail, payment, isPaid: false })
    }
  }

  /** Every seventh customer leaves the checkout. */
  async function actAsCustomer(index: number): Promise<void> {
    const reference = `order-${index}`
    const deposit = deposits.get(reference)
    const vendor = rails.get(deposit?.rail ?? '')?.opened.vendor
    if (!deposit || !vendor) return
    if (index % 7 === 0) return vendor.cancel(reference)
    deposit.isPaid = true
    await vendor.credit(reference)
  }
})

import { equal } from 'node:assert/strict'
import {
  type DepositInput,
  type EventType,
  isLeft,
  type Money,
  merchantReference,
  type PaymentEvent,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
} from '@railswitch/core'
import type { Outcome } from '@railswitch/core/provider'
import type { OpenedProvider, ProviderUnderTest, VendorOrder } from '../provider-under-test.ts'
import { type CallbackNetwork, createCallbackNetwork, type SentCallback } from './callbacks.ts'
import { createShop, railName, type Shop } from './shop.ts'
import { createRandom, createVirtualTime, type VirtualTime } from './virtual-time.ts'
import { createWire, type Wire } from './wire.ts'

/** A shop, a vendor and the networks between them, for one behaviour. */
export interface World extends OpenedProvider {
  readonly time: VirtualTime
  readonly wire: Wire
  readonly callbacks: CallbackNetwork
  readonly shop: Shop
  readonly provider: PaymentProvider
  /** Creates the provider again, by default with the same options. */
  readonly create: (options?: Readonly<Record<string, unknown>>) => PaymentProvider
  /** From now on, another process of the shop receives the callbacks. */
  readonly restart: (provider: PaymentProvider) => void
  /** Money in the currency of the samples. */
  readonly money: (value: string) => Money
  readonly depositInput: (reference: string, more?: Partial<DepositInput>) => DepositInput
  readonly deposit: (
    reference?: string,
    more?: Partial<DepositInput>,
  ) => Promise<{ payment: PaymentRef; redirectUrl: string }>
  /** A deposit of 100.00 that the customer has paid. */
  readonly paidDeposit: (reference?: string, more?: Partial<DepositInput>) => Promise<PaymentRef>
  readonly refund: (payment: PaymentRef, value: string, reference?: string) => Promise<Outcome>
  readonly payout: (reference?: string, value?: string, attempt?: number) => Promise<Outcome>
  readonly record: (reference: string) => Promise<PaymentRecord>
  /** The vendor's only order with this id of ours. */
  readonly order: (reference: string, attempt?: number) => VendorOrder
  readonly orders: (reference: string, attempt?: number) => readonly VendorOrder[]
  readonly eventsOf: <T extends EventType>(type: T) => readonly PaymentEvent<T>[]
  /** Runs at the vendor, and returns the callbacks that it sent meanwhile. They arrive. */
  readonly sending: (run: () => Promise<void>) => Promise<readonly SentCallback[]>
  /** The same, but they do not arrive. */
  readonly holding: (run: () => Promise<void>) => Promise<readonly SentCallback[]>
  /** Moves the time, and runs `sync` once at the end of each step. */
  readonly syncAfter: (ms: number, steps?: number) => Promise<void>
  readonly advance: (ms: number) => Promise<void>
}

const dayMs = 86_400_000

export { dayMs }
export const hourMs = 3_600_000
export const minuteMs = 60_000

/** Opens the vendor, the provider and the shop. */
export const openWorld = async (subject: ProviderUnderTest): Promise<World> => {
  const time = createVirtualTime()
  const running: { shop: Shop | null } = { shop: null }
  const callbacks = createCallbackNetwork(async (request) => {
    if (!running.shop) throw new Error('The shop has not started.')
    return running.shop.payments.callbacks.web(request)
  })
  const { now, after } = time
  const opened = await subject.open({ now, after, random: createRandom(), post: callbacks.post })
  const wire = createWire(opened.transport)
  const create = (options: Readonly<Record<string, unknown>> = opened.options): PaymentProvider => {
    const created = opened.definition.create(options, { transport: wire.transport, runtime: time.provider })
    if (isLeft(created)) throw new Error(`The options are not valid: ${JSON.stringify(created.left)}`)
    return created.right
  }
  const provider = create()
  const shop = createShop(time, provider)
  running.shop = shop
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      await callbacks.settled()
      await wire.settled()
    }
  }
  const advance = (ms: number): Promise<void> => time.advance(ms, settled)
  const world: World = {
    ...opened,
    time,
    wire,
    callbacks,
    provider,
    create,
    advance,
    get shop() {
      return running.shop ?? shop
    },
    restart: (other) => {
      running.shop = shop.restart(other)
    },
    ...createCalls(opened, () => running.shop ?? shop),
    sending: (run) => recordSent(callbacks, run),
    holding: async (run) => {
      callbacks.hold()
      try {
        return await recordSent(callbacks, run)
      } finally {
        callbacks.arrive()
      }
    },
    syncAfter: async (ms, steps = 1) => {
      for (let step = 0; step < steps; step += 1) {
        await advance(ms / steps)
        await world.shop.payments.sync()
        await settled()
      }
    },
  }
  return world
}

const recordSent = async (
  { sent, settled }: CallbackNetwork,
  run: () => Promise<void>,
): Promise<readonly SentCallback[]> => {
  const before = sent.length
  await run()
  await settled()
  return sent.slice(before)
}

type Calls = Pick<
  World,
  | 'money'
  | 'depositInput'
  | 'deposit'
  | 'paidDeposit'
  | 'refund'
  | 'payout'
  | 'record'
  | 'order'
  | 'orders'
  | 'eventsOf'
>

const createCalls = ({ samples, vendor }: OpenedProvider, shop: () => Shop): Calls => {
  const money = (value: string): Money => ({ value, currency: samples.currency })
  const depositInput: World['depositInput'] = (reference, more = {}) => ({
    reference,
    amount: money('100.00'),
    customer: {
      id: 'customer-1',
      firstName: 'Åsa',
      lastName: 'Öberg',
      email: 'asa@customer.example',
      country: samples.country,
      locale: samples.locale,
    },
    returnUrl: 'https://shop.example/thanks',
    ...more,
  })
  const orders: World['orders'] = (reference, attempt = 1) => vendor.orders(merchantReference({ reference, attempt }))
  const deposit: World['deposit'] = (reference = 'order-1', more = {}) =>
    shop().payments.deposit(depositInput(reference, more))
  return {
    money,
    depositInput,
    deposit,
    orders,
    order: (reference, attempt) => {
      const [first, ...others] = orders(reference, attempt)
      equal(others.length, 0, `the vendor has ${others.length + 1} orders of ${reference}`)
      if (!first) throw new Error(`the vendor has no order of ${reference}`)
      return first
    },
    paidDeposit: async (reference = 'order-1', more = {}) => {
      const { attempt = 1 } = more
      await deposit(reference, more)
      await vendor.credit(merchantReference({ reference, attempt }))
      const payment = paymentRef({ rail: railName, kind: 'deposit', reference, attempt })
      const { state } = await shop().payments.getDeposit({ payment })
      equal(state, 'credited', `the deposit ${reference} is ${state} after the customer paid`)
      return payment
    },
    refund: (payment, value, reference = 'refund-1') =>
      shop().payments.refund({ payment, reference, amount: money(value) }),
    payout: (reference = 'payout-1', value = '50.00', attempt = 1) =>
      shop().payments.payout({
        reference,
        attempt,
        amount: money(value),
        to: { account: samples.bankAccount },
        customer: {
          id: 'customer-1',
          firstName: 'Åsa',
          lastName: 'Öberg',
          email: 'asa@customer.example',
          dateOfBirth: '1979-01-31',
        },
      }),
    record: async (reference) => {
      const record = await shop().store.find(reference)
      if (!record) throw new Error(`no record of ${reference} is stored`)
      return record
    },
    eventsOf: <T extends EventType>(type: T) =>
      shop().events.filter((event) => event.type === type) as unknown as readonly PaymentEvent<T>[],
  }
}

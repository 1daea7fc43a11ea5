import {
  type Answers,
  type EventType,
  eventTypes,
  memoryStore,
  type PaymentEvent,
  type PaymentProvider,
  type Store,
} from '@railswitch/core'
import type { Handlers, Payments } from 'railswitch'
import { createSimulatedPayments, createSimulatedTokens } from 'railswitch/testing'
import type { VirtualTime } from './virtual-time.ts'

/** A shop with one rail, `rail`. */
export interface Shop {
  readonly payments: Payments<void>
  readonly store: Store<void>
  readonly events: readonly PaymentEvent[]
  readonly logs: readonly string[]
  /** What the handlers answer, and what they do before. A test can change it. */
  readonly behaviour: ShopBehaviour
  /** The shop after a restart: the same store, another provider or other options. */
  readonly restart: (provider: PaymentProvider) => Shop
}

export interface ShopBehaviour {
  readonly answers: { -readonly [Q in keyof Answers]: Answers[Q] }
  handle: (event: PaymentEvent) => void | Promise<void>
}

export const callbackUrl = 'https://shop.example/callbacks'
export const railName = 'rail'

interface ShopState extends Pick<Shop, 'store' | 'behaviour'> {
  readonly events: PaymentEvent[]
  readonly logs: string[]
}

export const createShop = (time: VirtualTime, provider: PaymentProvider): Shop =>
  start(time, provider, {
    store: memoryStore({ runtime: time.shop }),
    events: [],
    logs: [],
    behaviour: {
      answers: {
        'deposit.reversed': { recovered: true },
        'withdrawal.requested': { reserved: true },
        'kyc.received': { proceed: true },
      },
      handle: () => {},
    },
  })

const start = (time: VirtualTime, provider: PaymentProvider, state: ShopState): Shop => {
  const { store, events, logs, behaviour } = state
  const log = (level: string) => (fields: object, message: string) => {
    logs.push(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  const payments = createSimulatedPayments<void>(
    {
      active: railName,
      providers: { [railName]: provider },
      store,
      callbacks: { url: callbackUrl, secrets: ['secret-of-the-callback-addresses'] },
      statement: 'SHOP',
      logger: { info: log('info'), warn: log('warn'), error: log('error') },
    },
    { runtime: time.shop, createTokens: createSimulatedTokens },
  )
  const handle = async (event: PaymentEvent): Promise<never> => {
    await behaviour.handle(event)
    events.push(event)
    return (behaviour.answers as Partial<Record<EventType, unknown>>)[event.type] as never
  }
  payments.on(Object.fromEntries(eventTypes.map((type) => [type, handle])) as unknown as Handlers<void>)
  return { payments, store, events, logs, behaviour, restart: (other) => start(time, other, state) }
}

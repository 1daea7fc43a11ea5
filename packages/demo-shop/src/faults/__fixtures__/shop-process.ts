import { createServer, type ServerResponse } from 'node:http'
import { axiosTransport, type Transport } from '@railswitch/core'
import { configFromEnv, createPayments, type PaymentEvent, type PaymentRef } from 'railswitch'
import { open, type Rows } from './shop-rows.ts'
import type { Commands, KillPoint, ShopConfig } from './shop-config.ts'

// One process of a shop. It receives commands over IPC and callbacks over its socket.

const config: ShopConfig = JSON.parse(process.argv[2] ?? '')
let killPoint: KillPoint | null = null
let hours = 0
const runs: Record<string, number> = {}

/** Kills the process if this is the requested point. */
const pass = (point: KillPoint): void => {
  if (point === killPoint) process.kill(process.pid, 'SIGKILL')
}

const wire = axiosTransport()
const transport: Transport = (request) => async () => {
  pass('before sending')
  const answer = await wire(request)()
  pass('between sending and answer')
  return answer
}

const { store, rows, alone } = await open(config.place)
const paymentsConfig = configFromEnv(config.env)
const payments = createPayments<Rows>({
  ...paymentsConfig,
  active: ({ reference }) => (reference.startsWith('payabl') ? 'payabl' : 'trustly'),
  callbacks: { ...paymentsConfig.callbacks, handlerTimeoutMs: config.handlerTimeoutMs },
  store: {
    ...store,
    claim: async (...given) => {
      pass('before claim')
      const claim = await store.claim(...given)
      pass('after claim')
      return claim
    },
    complete: async (...given) => {
      const completed = await store.complete(...given)
      pass('after complete')
      return completed
    },
  },
  transport,
  clock: () => new Date(Date.now() + hours * 3_600_000),
})

const count = (key: string): void => {
  runs[key] = (runs[key] ?? 0) + 1
}

/** Counts a run of a handler, as `overlap` if another handler of the same payment runs at the same time. */
const counted = async <A>({ type, reference }: PaymentEvent, work: () => Promise<A>): Promise<A> => {
  const { isAlone, done } = await alone(reference ?? '')
  try {
    count(isAlone ? `${type} ${reference}` : 'overlap')
    return await work()
  } finally {
    await done()
  }
}
const nothing = (event: PaymentEvent): Promise<void> => counted(event, async () => {})

payments.on({
  'deposit.not_credited_yet': nothing,
  'deposit.credited': (event, commit) =>
    counted(event, async () => {
      pass('in the handler')
      const isRefunded = config.refunds !== undefined && event.reference?.startsWith(config.refunds)
      const refunded = isRefunded ? await refundHalf(event) : null
      commit(async (tx) => {
        await tx.query('insert into shipped values ($1, $2)', [event.reference, refunded])
        pass('in commit')
      })
    }),
  'deposit.reversed': (event) => counted(event, async () => ({ recovered: true })),
  'review.needed': nothing,
})

async function refundHalf({ payment, reference }: PaymentEvent<'deposit.credited'>): Promise<string> {
  if (payment === null) throw new Error('The credit has no payment.')
  const amount = { value: '50.00', currency: 'SEK' }
  return (await payments.refund({ payment, reference: `r-${reference}`, amount })).status
}

const commands: Commands = {
  deposit: async (reference) => {
    const { payment } = await payments.deposit({
      reference,
      amount: { value: '100.00', currency: 'SEK' },
      customer: {
        id: 'customer-1',
        firstName: 'Åsa',
        lastName: 'Öberg',
        email: 'asa@customer.example',
        country: 'SE',
        locale: 'sv-SE',
      },
      returnUrl: 'https://shop.example/',
    })
    return payment
  },
  refund: async ({ deposit, reference, value }) => {
    const amount = { value, currency: 'SEK' }
    return (await payments.refund({ payment: deposit as PaymentRef, reference, amount })).status
  },
  state: async (reference) => (await payments.getDeposit({ reference })).state,
  sync: async (ahead) => {
    hours = ahead
    const { handled, resolved } = await payments.sync()
    hours = 0
    return { handled, resolved }
  },
  die: async (at) => {
    killPoint = at
  },
  shipped: async () => {
    const shipped = await rows.query('select reference from shipped order by reference')
    return (shipped.rows as readonly { reference: string }[]).map(({ reference }) => reference)
  },
  runs: async () => runs,
}

const server = createServer((request, response) => {
  passBeforeReply(response)
  void payments.callbacks.node(request, response)
})

const passBeforeReply = (response: ServerResponse): void => {
  const { writeHead } = response
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    pass('before the reply')
    return writeHead.apply(response, given)
  }) as typeof writeHead
}

interface Command {
  readonly id: number
  readonly command: keyof Commands
  readonly argument: never
}

process.on('message', async ({ id, command, argument }: Command) => {
  try {
    process.send?.({ id, answer: await commands[command](argument) })
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error' })
  }
})
server.listen(config.socket, () => process.send?.({ ready: true }))

import { type ErrorContext, type Logger, memoryStore, type OnError, type PaymentRef } from '@railswitch/core'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import express from 'express'
import { createPayments } from '../create-payments.ts'
import type { Payments } from '../payments.ts'
import { capturedConsole } from './__fixtures__/captured-console.ts'
import { type BankMessage, eur, versatileBank } from './__fixtures__/versatile-bank.ts'

const customer = { id: 'c', firstName: 'Marked', lastName: 'Name', email: 'a@b.example', country: 'DE', locale: 'de' }
const deposit = { reference: 'order-1', amount: eur('10.00'), customer, returnUrl: 'https://shop.example/' }
const url = 'https://shop.example/callbacks'
const credit: BankMessage = {
  id: 'n-1',
  order: 'order of order-1',
  method: 'deposit.credited',
  amount: '10.00',
}

interface Options {
  readonly logger?: Logger | false
  readonly onError?: OnError
  readonly store?: ReturnType<typeof memoryStore>
  readonly credited?: Parameters<Payments<void>['on']>[0]['deposit.credited'] | null
}

/** A shop with one rail whose deposit order-1 is at the checkout. */
const shopWith = async ({ credited = () => {}, ...config }: Options = {}) => {
  const { rail, vendor } = versatileBank()
  const store = config.store ?? memoryStore()
  const payments = createPayments<void>({
    active: 'bank',
    providers: { bank: rail },
    callbacks: { url, secrets: ['s'.repeat(32)] },
    ...config,
    store,
  })
  payments.on({ 'deposit.reversed': () => ({ recovered: true }), ...(credited && { 'deposit.credited': credited }) })
  await payments.deposit(deposit)
  const receive = (path = '/bank', body = JSON.stringify(credit)) =>
    payments.callbacks.web(new Request(`${url}${path}`, { method: 'POST', body }))
  return { payments, vendor, receive }
}

const trustly = {
  use: 'trustly-direct',
  environment: 'test',
  username: 'shop',
  password: 'marked',
  privateKey: keys.merchant,
} as const
const payabl = { use: 'payabl-trustly', environment: 'test', merchantId: 'shop', secret: 'marked' } as const

const failure = (): never => {
  throw new RangeError('the warehouse is closed')
}

describe('without a logger', () => {
  test('an error is one line on the console, with level, message, fields, and the application’s own message and stack', async () => {
    const lines = await capturedConsole(async () => (await shopWith({ credited: failure })).receive())
    expect(lines).toEqual([
      expect.stringMatching(
        /^error railswitch error: event not handled: the handler failed \{"event":"deposit.credited",/,
      ),
    ])
    expect(lines[0]).toContain(
      '"err":{"name":"RangeError","message":"the warehouse is closed","stack":"RangeError: the',
    )
    expect(lines[0]).toMatch(/at failure .*never-silent\.test\.ts/)
    expect(lines[0]).not.toContain('\n')
    expect(lines[0]).not.toContain('Marked')
  })

  test('a warning is a line on the console, and information is not', async () => {
    const lines = await capturedConsole(async () => {
      const { receive } = await shopWith()
      await receive()
      await receive('/bank', JSON.stringify({ ...credit, id: 'n-2', order: 'another' }))
    })
    expect(lines).toEqual([
      'warn railswitch warning: callback stored: its order is not known to be ours {"rail":"bank","id":"n-2","reason":"foreign_order"}',
    ])
  })

  test('`logger: false` turns it off', async () => {
    const lines = await capturedConsole(async () => (await shopWith({ credited: failure, logger: false })).receive())
    expect(lines).toEqual([])
  })

  test('a body that Express has parsed before says how to mount the handler', async () => {
    const lines = await capturedConsole(async () => {
      const { payments } = await shopWith()
      const server = express().use(express.json()).use('/callbacks', payments.callbacks.express).listen(0)
      const { port } = server.address() as { port: number }
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(credit)
      await fetch(`http://127.0.0.1:${port}/callbacks/bank`, { method: 'POST', headers, body })
      server.close()
      server.closeAllConnections()
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /^error .*something else has read its body before.*app\.use\('\/callbacks', payments\.callbacks/,
    )
  })

  test.each([
    ['web', (payments: Payments<void>) => payments.callbacks.web({ url: '/callbacks/bank', method: 'POST' } as never)],
    ['node', (payments: Payments<void>) => payments.callbacks.node(new Request(url) as never, undefined as never)],
  ] as const)('a %s handler that gets the arguments of another server says which one to use', async (_name, call) => {
    const lines = await capturedConsole(async () => call((await shopWith()).payments))
    expect(lines).toEqual([expect.stringMatching(/^error .*was called with other arguments.*payments\.callbacks\./)])
  })

  test('a callback for a rail that is not configured is a warning without the address', async () => {
    const lines = await capturedConsole(async () => (await shopWith()).receive('/old-bank/marked-token'))
    expect(lines).toEqual([expect.stringMatching(/^warn .*its address names no configured rail.*\/<rail>\/<token>/)])
    expect(lines[0]).not.toContain('marked')
  })

  test('characters that a terminal takes for commands are escaped', async () => {
    const lines = await capturedConsole(async () =>
      (await shopWith({ credited: () => Promise.reject(new Error('\n\u001b[2J\u009b\u2028')) })).receive(),
    )
    expect(lines).toHaveLength(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters
    expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/)
  })
})

test('a logger that throws changes nothing, and the line goes to the console', async () => {
  const throwing = () => {
    throw new Error('the disk is full')
  }
  const logger = { info: throwing, warn: throwing, error: throwing }
  let status = 0
  const lines = await capturedConsole(async () => {
    status = (await (await shopWith({ logger })).receive()).status
  })
  expect(status).toBe(200)
  expect(lines).toContainEqual(expect.stringMatching(/^error .*the logger threw an error \{"line":"event handled"\}/))
})

describe('a shop that does not learn of its credited deposits', () => {
  const words = /^warn railswitch warning: no handler for 'deposit\.credited'.*payments\.on\(\)/

  test('is warned when on() is called, once', async () => {
    expect(await capturedConsole(() => shopWith({ credited: null }))).toEqual([expect.stringMatching(words)])
  })

  test('is warned at the first deposit if on() was not called', async () => {
    const { rail } = versatileBank()
    const payments = createPayments<void>({
      active: 'bank',
      providers: { bank: rail },
      store: memoryStore(),
      callbacks: { url, secrets: ['s'.repeat(32)] },
    })
    const lines = await capturedConsole(async () => {
      await payments.getDeposit({ reference: 'order-1' }).catch(() => null)
      await payments.deposit(deposit)
      await payments.deposit({ ...deposit, reference: 'order-2' })
    })
    expect(lines).toEqual([expect.stringMatching(words)])
  })
})

test.each([
  ['https://localhost:3000/callbacks', 1],
  ['https://shop.localhost/callbacks', 1],
  ['https://127.0.0.1/callbacks', 1],
  ['https://127.1/callbacks', 1],
  ['https://[::1]/callbacks', 1],
  ['https://[::ffff:127.0.0.1]/callbacks', 1],
  ['https://0.0.0.0/callbacks', 1],
  ['https://shop.example/callbacks', 0],
  ['https://localhost.example/callbacks', 0],
  ['https://10.127.0.0/callbacks', 0],
])('callbacks to %s from a test rail lead to %p warnings', async (address, count) => {
  const lines = await capturedConsole(async () =>
    createPayments({
      active: 'payabl',
      providers: { payabl },
      store: memoryStore(),
      callbacks: { url: address, secrets: ['s'.repeat(32)] },
    }),
  )
  expect(lines).toHaveLength(count)
  for (const line of lines) expect(line).toMatch(/^warn .*callbacks\.url is an address of this machine.*tunnel/)
})

test.each([
  ['a rail that needs a statement', {}, 1],
  ['a statement', { statement: 'SHOP.EXAMPLE' }, 0],
  ['a rail that needs none', { active: 'payabl', providers: { payabl } }, 0],
])('%s: %p leads to %p warnings at start', async (_name, change, count) => {
  const lines = await capturedConsole(async () =>
    createPayments({
      active: 'trustly',
      providers: { trustly, payabl },
      store: memoryStore(),
      callbacks: { url, secrets: ['s'.repeat(32)] },
      ...change,
    }),
  )
  expect(lines).toHaveLength(count)
  for (const line of lines) expect(line).toMatch(/^warn .*no statement: .*RAILSWITCH_STATEMENT.*"rails":\["trustly"\]/)
})

describe('the onError hook', () => {
  type Reported = { readonly error: unknown; readonly context: ErrorContext }
  const reporting = () => {
    const reported: Reported[] = []
    const onError: OnError = (error, context) => void reported.push({ error, context })
    return { reported, onError }
  }
  const own = new Error('of the application')
  const about = { payment: 'rs1.bank.deposit.order-1.1', event: 'deposit.credited' }

  test('gets the error of a handler, and where it occurred', async () => {
    const { reported, onError } = reporting()
    const { receive } = await shopWith({ logger: false, onError, credited: () => Promise.reject(own) })
    expect((await receive()).status).toBe(503)
    expect(reported).toEqual([
      {
        error: own,
        context: {
          ...about,
          id: expect.any(String),
          during: 'handler',
          message: 'event not handled: the handler failed',
        },
      },
    ])
  })

  test('gets the error of a write, and of a store that fails around it', async () => {
    for (const during of ['write', 'store'] as const) {
      const { reported, onError } = reporting()
      const working = memoryStore()
      const complete = async () => {
        throw own
      }
      const store = during === 'store' ? { ...working, complete } : working
      const credited = (_event: unknown, commit: (write: () => Promise<unknown>) => void) =>
        commit(() => (during === 'write' ? Promise.reject(own) : Promise.resolve()))
      const { receive } = await shopWith({ logger: false, onError, store, credited })
      expect((await receive()).status).toBe(503)
      expect(reported.map(({ error, context }) => [error, context.during])).toEqual([[own, during]])
    }
  })

  test('gets the error of the driver if a callback or a response is not stored', async () => {
    for (const method of ['claim', 'conclude'] as const) {
      const { reported, onError } = reporting()
      const store = { ...memoryStore(), [method]: () => Promise.reject(own) }
      const { receive } = await shopWith({ logger: false, onError, store })
      await receive()
      expect(reported.map(({ error, context }) => [error, context.during])).toEqual([[own, 'store']])
    }
  })

  test('gets no error that a call returns', async () => {
    const { reported, onError } = reporting()
    const fails = { isFailing: false }
    const working = memoryStore()
    const failing =
      <A extends readonly unknown[], B>(method: (...given: A) => Promise<B>) =>
      (...given: A): Promise<B> =>
        fails.isFailing ? Promise.reject(own) : method(...given)
    const store = {
      ...working,
      find: failing(working.find),
      begin: failing(working.begin),
      claim: failing(working.claim),
    }
    const { payments } = await shopWith({ logger: false, onError, store })
    const failed = { code: 'store_failed', cause: own }
    fails.isFailing = true
    await expect(payments.getDeposit({ reference: 'order-1' })).rejects.toMatchObject(failed)
    await expect(payments.deposit({ ...deposit, reference: 'order-2' })).rejects.toMatchObject(failed)
    const decision = { as: 'credited', by: 'Ada', why: 'seen' } as const
    const payment = 'rs1.bank.deposit.order-1.1' as PaymentRef
    await expect(payments.resolveReview({ deposit: payment, ...decision })).rejects.toMatchObject(failed)
    expect(reported).toEqual([])
  })

  test.each(['acknowledge', 'verifyCallback'] as const)(
    'gets an error without the message if the provider throws in %s',
    async (fault) => {
      const { reported, onError } = reporting()
      const { receive, vendor } = await shopWith({ logger: false, onError })
      vendor.throwing.add(fault)
      await receive()
      expect(reported).toEqual([
        {
          error: expect.objectContaining({ code: 'vendor_error', message: 'The provider bank failed (Error).' }),
          context: expect.objectContaining({
            during: fault === 'acknowledge' ? 'acknowledgement' : 'provider',
            rail: 'bank',
          }),
        },
      ])
    },
  )

  test('gets the error of a step of sync', async () => {
    const { reported, onError } = reporting()
    const { rail, vendor } = versatileBank()
    const clock = { at: Date.now() }
    const payments = createPayments<void>({
      active: 'bank',
      providers: { bank: rail },
      store: memoryStore(),
      callbacks: { url, secrets: ['s'.repeat(32)] },
      logger: false,
      onError,
      clock: () => new Date(clock.at),
    })
    payments.on({ 'deposit.reversed': () => ({ recovered: true }) })
    await payments.deposit(deposit)
    vendor.throwing.add('lookUp')
    clock.at += 3_600_000
    expect(await payments.sync()).toMatchObject({ payments: 1 })
    expect(reported).toMatchObject([
      { error: { code: 'vendor_error' }, context: { during: 'sync', references: ['order-1'] } },
    ])
  })

  test.each<[string, OnError]>([
    [
      'throws',
      () => {
        throw new Error('no network')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no network'))],
  ])('that %s is logged, and nothing else changes', async (_name, onError) => {
    const lines = await capturedConsole(async () => {
      const { receive } = await shopWith({ onError, credited: failure })
      expect((await receive()).status).toBe(503)
    })
    expect(lines).toEqual([
      expect.stringContaining('the handler failed'),
      expect.stringMatching(/^error railswitch error: the onError hook failed .*"message":"no network"/),
    ])
  })

  test('is not awaited', async () => {
    const onError = () => new Promise(() => {})
    const { receive } = await shopWith({ logger: false, onError, credited: failure })
    expect((await receive()).status).toBe(503)
  })
})

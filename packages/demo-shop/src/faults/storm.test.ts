import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sandbox, startSandbox } from '@railswitch/sandbox'
import {
  type PrivatePostgres,
  postgresMissing,
  startPrivatePostgres,
} from '@railswitch/store-postgres/fixtures/private-postgres'
import type pg from 'pg'
import { environmentOf } from '../rails.ts'
import { capture, type Delivery, deliver, inParallel, shuffled } from './__fixtures__/deliveries.ts'
import { type Front, type ShopProcess, startFront, startShopProcess } from './__fixtures__/shop-processes.ts'
import { createShipped } from './__fixtures__/shop-rows.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`a storm on two processes and one PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-storm-'))
  let server: PrivatePostgres
  let pool: pg.Pool
  let sandbox: Sandbox
  let front: Front
  let shops: readonly [ShopProcess, ShopProcess]
  /** Two new processes in place of the two. */
  let start: (handlerTimeoutMs: number) => Promise<void>

  beforeAll(async () => {
    server = await startPrivatePostgres()
    pool = server.connect()
    await pool.query(createShipped)
    sandbox = await startSandbox({ trustly: { redeliverAfterMs: [] } })
    front = await startFront()
    const env = {
      ...environmentOf(sandbox, 'trustly'),
      RAILSWITCH_CALLBACK_URL: front.url,
      RAILSWITCH_STATEMENT: 'SHOP',
    }
    const place = { kind: 'postgres', host: server.host, user: server.user, connections: 2 } as const
    start = async (handlerTimeoutMs) => {
      for (const shop of shops ?? []) await shop.kill()
      const setting = { place, env, handlerTimeoutMs, refunds: 'refunded' }
      shops = await Promise.all([startShopProcess(setting, folder), startShopProcess(setting, folder)])
    }
    await start(30_000)
  }, 60_000)
  afterAll(async () => {
    for (const shop of shops ?? []) await shop.kill()
    await sandbox?.close()
    await front?.close()
    await server?.remove()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  test('10,000 deliveries of 1,000 notifications: 1,000 handler runs, and each delivery is answered', async () => {
    const notifications = await creditsOf(references('storm', 1_000))
    expect(notifications).toHaveLength(1_000)
    const storm = shuffled(Array.from({ length: 10 }, () => notifications).flat())
    const answered = await deliverAll(storm)
    expect(answered).toBe(10_000)
    expect(await runsOf('deposit.credited storm')).toEqual(once('deposit.credited', 'storm', 1_000))
    expect(await shippedOf('storm')).toEqual(references('storm', 1_000))
    expect(await deadlocks()).toBe(0)
  }, 300_000)

  test('pending, credit and debit of one payment at once, 200 times: one handler at a time, no event twice', async () => {
    const names = references('trio', 200)
    await begin(names)
    const news = await capture(front, async () => {
      for (const orderId of ordersOf(names)) {
        sandbox.trustly.complete(orderId)
        sandbox.trustly.debit(orderId)
      }
      await sandbox.trustly.idle()
    })
    expect(news).toHaveLength(600)
    // A payment's three follow each other in the list, so that they arrive together.
    const ofOne = (delivery: Delivery): string => JSON.parse(delivery.body).params.data.messageid
    const together = shuffled(news).toSorted((a, b) => (ofOne(a) < ofOne(b) ? -1 : 1))
    expect(await deliverAll(together)).toBe(600)
    expect(await runsOf('overlap')).toEqual({})
    // A credit that comes after its reversal is no event: nothing is shipped for money that has gone again.
    const credited = await runsOf('deposit.credited trio')
    expect(new Set(Object.values(credited))).toEqual(new Set([1]))
    expect((await shippedOf('trio')).map((name) => `deposit.credited ${name}`)).toEqual(Object.keys(credited).sort())
    expect(await runsOf('deposit.reversed trio')).toEqual(once('deposit.reversed', 'trio', 200))
    await inParallel(names, 16, async (name) => expect(await shops[0].state(name)).toBe('reversed'))
    expect(await deadlocks()).toBe(0)
  }, 300_000)

  test('handlers that call refund themselves, more of them at once than there are connections', async () => {
    const names = references('refunded', 60)
    const credits = await creditsOf(names)
    expect(await deliverAll(shuffled([...credits, ...credits, ...credits]))).toBe(180)
    expect(await shippedOf('refunded')).toEqual(names)
    const refunds = sandbox.trustly.books().orders.filter(({ messageId }) => messageId.startsWith('refunded'))
    expect(refunds.map((order) => order.refunds.map(({ amount }) => amount))).toEqual(names.map(() => ['50.00']))
    expect(await deadlocks()).toBe(0)
  }, 300_000)

  test('PostgreSQL stopped in mid-storm and started again: 5xx meanwhile, and nothing lost', async () => {
    const names = references('outage', 200)
    const credits = await creditsOf(names)
    // What was being handled when the database went is held until its lease ends: twice this.
    await start(1_000)
    let answered = 0
    let refused = 0
    let restarted: Promise<void> | null = null
    await inParallel(shuffled(Array.from({ length: 5 }, () => credits).flat()), 32, async (delivery, index) => {
      await deliverUntilAnswered(delivery, index, () => {
        refused += 1
      })
      answered += 1
      if (answered === 300) restarted = outage(() => refused)
    })
    await restarted
    expect(answered).toBe(1_000)
    expect(await shippedOf('outage')).toEqual(names)
    await inParallel(names, 16, async (name) => expect(await shops[1].state(name)).toBe('credited'))
  }, 300_000)

  test('SIGKILL of both in mid-storm: two new ones settle at once, and each row is there once', async () => {
    await pool.query('truncate railswitch.payments cascade')
    await start(1_000)
    const names = references('killed', 150)
    const credits = await creditsOf(names)
    let answered = 0
    await inParallel(shuffled([...credits, ...credits]), 32, async (delivery, index) => {
      const reply = await deliver(shopFor(index).socket, delivery).catch(() => null)
      if (reply?.status === 200) answered += 1
      if (answered === 60) for (const shop of shops) void shop.kill()
    })
    expect(answered).toBeLessThan(150)
    await start(1_000)
    for (let hours = 1; (await unhandled()) > 0; hours += 24) {
      await Promise.all(shops.map((shop) => shop.settle(hours)))
      await pause(200)
    }
    expect(await deliverAll(shuffled(credits))).toBe(150)
    expect(await shippedOf('killed')).toEqual(names)
    expect(await deadlocks()).toBe(0)
  }, 300_000)

  async function unhandled(): Promise<number> {
    return (await pool.query('select from railswitch.news where answer is null')).rows.length
  }

  /** Stops the database, and starts it when callbacks were refused and a new deposit is not sent. */
  async function outage(refused: () => number): Promise<void> {
    const before = refused()
    await server.stop()
    while (refused() < before + 50) await pause(5)
    await expect(shops[0].deposit('outage-new')).rejects.toThrow('The store could not record the request.')
    await server.start()
  }

  const references = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${name}-${String(index).padStart(4, '0')}`)

  const once = (type: string, name: string, count: number) =>
    Object.fromEntries(references(name, count).map((reference) => [`${type} ${reference}`, 1]))

  async function begin(names: readonly string[]): Promise<void> {
    await inParallel(names, 16, async (name, index) => void (await shopFor(index).deposit(name)))
  }

  const shopFor = (index: number): ShopProcess => shops[index % 2 === 0 ? 0 : 1]

  function ordersOf(names: readonly string[]): readonly string[] {
    const begun = new Set(names)
    return sandbox.trustly.books().orders.flatMap(({ orderId, messageId }) => (begun.has(messageId) ? [orderId] : []))
  }

  /** Deposits of these references, and the notifications of their credits. */
  async function creditsOf(names: readonly string[]): Promise<readonly Delivery[]> {
    await begin(names)
    return capture(front, async () => {
      for (const orderId of ordersOf(names)) sandbox.trustly.complete(orderId, { notify: ['credit'] })
      await sandbox.trustly.idle()
    })
  }

  /** Delivers each to one of the two until it is answered; how many were. */
  async function deliverAll(deliveries: readonly Delivery[]): Promise<number> {
    let answered = 0
    await inParallel(deliveries, 32, async (delivery, index) => {
      await deliverUntilAnswered(delivery, index)
      answered += 1
    })
    return answered
  }

  async function deliverUntilAnswered(delivery: Delivery, index: number, onRefusal = () => {}): Promise<void> {
    for (;;) {
      const { status, body } = await deliver(shopFor(index).socket, delivery)
      if (status === 200) {
        const { uuid, data } = JSON.parse(body).result
        expect({ uuid, ...data }).toEqual({ uuid: JSON.parse(delivery.body).params.uuid, status: 'OK' })
        return
      }
      expect(status).toBe(503)
      onRefusal()
      await pause(5)
    }
  }

  async function runsOf(prefix: string): Promise<Readonly<Record<string, number>>> {
    const sum: Record<string, number> = {}
    for (const shop of shops)
      for (const [key, count] of Object.entries(await shop.runs()))
        if (key.startsWith(prefix)) sum[key] = (sum[key] ?? 0) + count
    return sum
  }

  async function shippedOf(name: string): Promise<readonly string[]> {
    return (await shops[0].shipped()).filter((reference) => reference.startsWith(name))
  }

  async function deadlocks(): Promise<number> {
    const { rows } = await pool.query("select deadlocks from pg_stat_database where datname = 'postgres'")
    return Number(rows[0].deadlocks)
  }
})

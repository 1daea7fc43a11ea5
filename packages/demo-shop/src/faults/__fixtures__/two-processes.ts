import { deepEqual } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sandbox, startSandbox } from '@railswitch/sandbox'
import { type PrivatePostgres, startPrivatePostgres } from '@railswitch/store-postgres/fixtures/private-postgres'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { environmentOf } from '../../rails.ts'
import { capture, type Delivery, deliver, inParallel } from './deliveries.ts'
import { type ShopProcess, startFront, startShopProcess } from './shop-processes.ts'
import { createShipped } from './shop-rows.ts'

/** Two processes of a shop that share one PostgreSQL, with two connections each, and the sandbox that notifies them. */
export interface TwoProcesses {
  readonly server: PrivatePostgres
  readonly sandbox: Sandbox
  readonly shops: readonly [ShopProcess, ShopProcess]
  shopFor(index: number): ShopProcess
  /** Replaces both processes with new ones. */
  restart(handlerTimeoutMs: number): Promise<void>
  /** Begins a deposit per reference, calls `pay` for each order, and returns the notifications of the vendor. */
  notificationsOf(references: readonly string[], pay: (orderId: string) => void): Promise<readonly Delivery[]>
  /** Begins a deposit per reference, and returns one `credit` for each. */
  creditsOf(references: readonly string[]): Promise<readonly Delivery[]>
  /** Repeats the delivery to one of the two until it responds with 200. Requires a valid acknowledgement with `OK`. */
  deliverUntilAnswered(delivery: Delivery, index: number, onRefusal?: () => void): Promise<void>
  /** Does this for all deliveries, 32 at a time. Returns how many were acknowledged. */
  deliverAll(deliveries: readonly Delivery[]): Promise<number>
  /** How often the handlers ran, in both processes. Only keys that begin with the prefix. */
  runsOf(prefix: string): Promise<Readonly<Record<string, number>>>
  /** The references in the shop's own rows that begin with the prefix. */
  shippedOf(prefix: string): Promise<readonly string[]>
  /** Runs a query on PostgreSQL and returns its column `count`. */
  count(query: string): Promise<number>
  close(): Promise<void>
}

/** A query for `count`: the number of deadlocks. */
export const deadlocks = "select deadlocks as count from pg_stat_database where datname = 'postgres'"

export const references = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${String(index).padStart(4, '0')}`)

export const startTwoProcesses = async (handlerTimeoutMs: number): Promise<TwoProcesses> => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-storm-'))
  const server = await startPrivatePostgres()
  const pool = server.connect()
  await pool.query(createShipped)
  const sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  const front = await startFront()
  const env = {
    ...environmentOf(sandbox, 'trustly'),
    RAILSWITCH_CALLBACK_URL: front.url,
    RAILSWITCH_STATEMENT: 'SHOP',
  }
  const place = { kind: 'postgres', host: server.host, user: server.user, connections: 2 } as const
  const start = async (timeoutMs: number): Promise<readonly [ShopProcess, ShopProcess]> => {
    const config = { place, env, handlerTimeoutMs: timeoutMs, refunds: 'refunded' }
    return Promise.all([startShopProcess(config, folder), startShopProcess(config, folder)])
  }
  const end = async (): Promise<void> => {
    await sandbox.close()
    await front.close()
    await server.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  let shops = await start(handlerTimeoutMs).catch(async (error) => {
    await end()
    throw error
  })

  const kill = (): Promise<unknown> => Promise.all(shops.map((shop) => shop.kill()))
  const shopFor = (index: number): ShopProcess => shops[index % 2 === 0 ? 0 : 1]
  const all: TwoProcesses = {
    server,
    sandbox,
    get shops() {
      return shops
    },
    shopFor,
    restart: async (timeoutMs) => {
      await kill()
      shops = await start(timeoutMs)
    },
    notificationsOf: async (names, pay) => {
      await inParallel(names, 16, async (name, index) => void (await shopFor(index).deposit(name)))
      const begun = new Set(names)
      return capture(front, async () => {
        for (const { orderId, messageId } of sandbox.trustly.books().orders) if (begun.has(messageId)) pay(orderId)
        await sandbox.trustly.idle()
      })
    },
    creditsOf: (names) =>
      all.notificationsOf(names, (orderId) => sandbox.trustly.complete(orderId, { notify: ['credit'] })),
    deliverUntilAnswered: async (delivery, index, onRefusal = () => {}) => {
      for (;;) {
        const { status, body } = await deliver(shopFor(index).socket, delivery)
        if (status === 200) return acknowledges(body, delivery)
        deepEqual(status, 503)
        onRefusal()
        await pause(5)
      }
    },
    deliverAll: async (deliveries) => {
      let answered = 0
      await inParallel(deliveries, 32, async (delivery, index) => {
        await all.deliverUntilAnswered(delivery, index)
        answered += 1
      })
      return answered
    },
    runsOf: async (prefix) => {
      const sum: Record<string, number> = {}
      for (const shop of shops)
        for (const [key, count] of Object.entries(await shop.runs()))
          if (key.startsWith(prefix)) sum[key] = (sum[key] ?? 0) + count
      return sum
    },
    shippedOf: async (prefix) => (await shops[0].shipped()).filter((reference) => reference.startsWith(prefix)),
    count: async (query) => Number((await pool.query(query)).rows[0].count),
    close: async () => {
      await kill()
      await end()
    },
  }
  return all
}

/** Checks the vendor's rule for an acknowledgement: the same uuid, and the status `OK`. */
const acknowledges = (reply: string, { body }: Delivery): void => {
  const { uuid, data } = JSON.parse(reply).result
  deepEqual({ uuid, ...data }, { uuid: JSON.parse(body).params.uuid, status: 'OK' })
}

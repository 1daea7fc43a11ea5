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
import { environmentOf } from '../rails.ts'
import type { KillPoint, Place } from './__fixtures__/shop-config.ts'
import { type Front, forwardTo, type ShopProcess, startFront, startShopProcess } from './__fixtures__/shop-processes.ts'
import { createShipped } from './__fixtures__/shop-rows.ts'

const inCallback: readonly KillPoint[] = [
  'before claim',
  'after claim',
  'in the handler',
  'in commit',
  'after complete',
  'before the reply',
]
type InRefund = readonly ['trustly' | 'payabl', KillPoint, 'the same call again' | 'sync']

/** The databases, and the points at which a process is killed. PGlite takes seconds to start, so it has fewer points. */
const places = {
  PostgreSQL: {
    missing: postgresMissing,
    open: async (): Promise<Place> => {
      server = await startPrivatePostgres()
      await server.connect().query(createShipped)
      return { kind: 'postgres', host: server.host, user: server.user, connections: 4 }
    },
    inCallback,
    // Before the claim the shop has no report to handle, and after `complete` no work is left.
    inSync: ['after claim', 'in the handler', 'in commit'] as readonly KillPoint[],
    inRefund: [
      ['trustly', 'before sending', 'the same call again'],
      ['trustly', 'between sending and answer', 'the same call again'],
      ['trustly', 'between sending and answer', 'sync'],
      ['payabl', 'between sending and answer', 'sync'],
    ] as readonly InRefund[],
  },
  'an embedded folder': {
    missing: null,
    open: async (): Promise<Place> => ({ kind: 'embedded', folder: join(folder, 'store') }),
    inCallback,
    inSync: ['in commit'] as readonly KillPoint[],
    inRefund: [['trustly', 'between sending and answer', 'sync']] as readonly InRefund[],
  },
}

let server: PrivatePostgres | null = null
const folder = mkdtempSync(join(tmpdir(), 'railswitch-faults-'))
let place: Place
let sandbox: Sandbox
let front: Front
let shop: ShopProcess

const restart = async ({ reachable = true } = {}): Promise<void> => {
  const env = { ...environmentOf(sandbox, 'trustly'), RAILSWITCH_CALLBACK_URL: front.url, RAILSWITCH_STATEMENT: 'SHOP' }
  shop = await startShopProcess({ place, env, handlerTimeoutMs: 300 }, folder)
  if (reachable) front.send(forwardTo(shop))
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const [name, { missing, open, ...tried }] of Object.entries(places)) {
  const on = missing ? describe.skip : describe
  on(`SIGKILL of a process on ${name}${missing ? ` (${missing})` : ''}`, () => {
    beforeAll(async () => {
      const redeliverAfterMs = Array.from({ length: 600 }, () => 100)
      sandbox = await startSandbox({ trustly: { redeliverAfterMs }, payabl: { redeliverAfterMs } })
      front = await startFront()
      place = await open()
      await restart()
    })
    afterAll(async () => {
      await shop?.kill()
      await sandbox?.close()
      await front?.close()
      await server?.remove()
      server = null
    })

    test.each(tried.inCallback)('%s: the vendor redelivers, and the order is shipped once', async (point) => {
      const orderId = await credited(`reported-${slug(point)}`, point)
      await restart()
      await sandbox.trustly.idle()
      expect(deliveredTo(orderId)).toEqual([true])
      await expectShippedOnce(`reported-${slug(point)}`)
    })

    test.each(tried.inSync)(
      '%s: sync completes the work without a redelivery, and a later redelivery changes nothing',
      async (point) => {
        const reference = `synced-${slug(point)}`
        const orderId = await credited(reference, point)
        front.send(null)
        await restart({ reachable: false })
        expect(await syncedOf('handled')).toBe(1)
        await expectShippedOnce(reference)
        expect(deliveredTo(orderId)).toEqual([false])
        front.send(forwardTo(shop))
        await sandbox.trustly.idle()
        expect(deliveredTo(orderId)).toEqual([true])
        await expectShippedOnce(reference)
      },
    )

    test.each(tried.inRefund)(
      'on %s, killed during a refund (%s), then %s: the money moves once',
      async (rail, point, then) => {
        const reference = `${rail}-${slug(point)}-${then.length}`
        const deposit = await paid(rail, reference)
        const refund = { deposit, reference: `r-${reference}`, value: '30.00' }
        await dying(point, () => shop.refund(refund))
        await restart()
        if (then === 'sync') expect(await syncedOf('resolved')).toBe(1)
        expect(await shop.refund(refund)).toBe('accepted')
        expect(refundsAt(rail)).toEqual(['30.00'])
      },
    )
  })
}

const slug = (point: KillPoint): string => point.replaceAll(' ', '-').slice(0, 15)

/** Sends a `credit` to a process that kills itself at the point. Returns the id of the order. */
const credited = async (reference: string, point: KillPoint): Promise<string> => {
  const orderId = await begin(reference)
  await shop.die(point)
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  expect(await shop.ended).toBe('SIGKILL')
  return orderId
}

const dying = async (point: KillPoint, call: () => Promise<unknown>): Promise<void> => {
  await shop.die(point)
  await expect(call()).rejects.toThrow('ended')
  expect(await shop.ended).toBe('SIGKILL')
}

/** Syncs until some work is done: the work of the dead process is available when its lease has ended. */
const syncedOf = async (what: 'handled' | 'resolved'): Promise<number> => {
  for (let hours = 1; hours < 5_000; hours += 24) {
    const done = (await shop.sync(hours))[what]
    if (done > 0) return done
    await pause(50)
  }
  return 0
}

const paid = async (rail: 'trustly' | 'payabl', reference: string): Promise<string> => {
  const deposit = await shop.deposit(reference)
  if (rail === 'payabl') sandbox.payabl.credit(newest()?.transactionId ?? '')
  else sandbox.trustly.complete(orders().at(-1)?.orderId ?? '', { notify: ['credit'] })
  await sandbox[rail].idle()
  return deposit
}

/** Begins a deposit, whose checkout stays open. Returns the id of its order at the sandbox. */
const begin = async (reference: string): Promise<string> => {
  await shop.deposit(reference)
  return orders().at(-1)?.orderId ?? ''
}

const orders = () => sandbox.trustly.books().orders
const orderOf = (id: string) => orders().find(({ orderId }) => orderId === id)
const deliveredTo = (orderId: string) => orderOf(orderId)?.notifications.map(({ delivered }) => delivered)
const newest = () => sandbox.payabl.books().payments.at(-1)?.transactions[0]
/** The amounts of the refunds of the newest deposit. */
const refundsAt = (rail: 'trustly' | 'payabl') =>
  (rail === 'payabl' ? newest() : orders().at(-1))?.refunds.map(({ amount }) => amount)

const expectShippedOnce = async (reference: string): Promise<void> => {
  expect((await shop.shipped()).filter((shipped) => shipped === reference)).toEqual([reference])
  expect(await shop.state(reference)).toBe('credited')
}

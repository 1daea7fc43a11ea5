import { paymentRef } from '@railswitch/core'
import type pg from 'pg'
import { creditOf, depositOf } from './__fixtures__/material.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { type PostgresStore, postgresStore } from './index.ts'

const onPostgres = postgresMissing ? describe.skip : describe
const lease = 10_000

onPostgres(`processes at once on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let application: pg.Pool
  beforeAll(async () => {
    server = await startPrivatePostgres()
    application = server.connect(2)
    await postgresStore({ pool: application }).migrate()
    await application.query('create table shipped (reference text)')
  }, 60_000)
  beforeEach(() => application.query('truncate railswitch.payments cascade; truncate shipped'))
  afterAll(() => server?.remove())

  test('of twenty processes that claim one notification at once, one handles it', async () => {
    const stores = Array.from({ length: 20 }, () => postgresStore({ pool: server.connect(1) }))
    await stores[0]?.begin(depositOf('order-1'), 'f')
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'order-1'), lease)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'mine'])
  })

  test('of twenty that claim news of a payment that nobody knows, one handles it, and it is kept once', async () => {
    const stores = Array.from({ length: 20 }, () => postgresStore({ pool: server.connect(1) }))
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'unknown'), lease)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'mine'])
    expect((await application.query('select from railswitch.payments')).rows).toHaveLength(1)
  })

  test('a write whose lease is lost while it runs is undone, and the one who took the payment over writes', async () => {
    let time = Date.now()
    const store = postgresStore({ pool: server.connect(4), now: () => new Date(time) })
    const token = await claimOf(store, 'order-1')
    let second = ''
    const slow = await store.complete(token, 'ok', async (tx) => {
      await tx.query(`insert into shipped values ('slow')`)
      time += lease + 1
      second = await claimOf(postgresStore({ pool: application, now: () => new Date(time) }), 'order-1')
    })
    expect(slow).toBe(false)
    expect(await shipped()).toEqual([])
    const write = async (tx: pg.PoolClient): Promise<void> => {
      await tx.query(`insert into shipped values ('quick')`)
    }
    expect(await store.complete(second, 'ok', write)).toBe(true)
    expect(await shipped()).toEqual(['quick'])
  })

  test('a handler at work holds no connection: with one in all, other payments go on, and so does its own', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    const token = await claimOf(store, 'order-1')
    expect(await store.complete(await claimOf(store, 'order-2'), 'ok')).toBe(true)
    expect((await store.begin({ ...depositOf('order-1'), attempt: 2 }, 'f')).state).toBe('refused')
    expect(await store.complete(token, 'ok')).toBe(true)
  })

  test('an application that locks rows in its write does not make another payment wait', async () => {
    const store = postgresStore({ pool: server.connect(4) })
    const [first, second] = [await claimOf(store, 'order-1'), await claimOf(store, 'order-2')]
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = store.complete(first, 'ok', async (tx) => {
      await tx.query(`insert into shipped values ('order-1')`)
      await held
    })
    try {
      expect(await store.complete(second, 'ok')).toBe(true)
      expect(await store.claim(creditOf('n-again', 'order-1'), lease)).toEqual({ state: 'busy' })
    } finally {
      release()
    }
    expect(await slow).toBe(true)
  })

  test('a call of the store inside the write is refused at once, instead of waiting for its own connection', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    const inside = store.complete(await claimOf(store, 'order-1'), 'ok', async () => void (await store.find('order-1')))
    await expect(inside).rejects.toMatchObject({
      code: 'store_failed',
      hint: expect.stringContaining('before commit()'),
    })
  })

  test('what a write has started may call the store once the write is over', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    let after: Promise<unknown> = Promise.reject(new Error('never started'))
    after.catch(() => {})
    let release = (): void => {}
    const over = new Promise<void>((resolve) => {
      release = resolve
    })
    await store.complete(await claimOf(store, 'order-1'), 'ok', async () => {
      after = over.then(() => store.find('order-1'))
    })
    release()
    expect(await after).not.toBeNull()
  })

  test('of refunds under one reference for many deposits at once one is new, and the others conflict', async () => {
    const store = postgresStore({ pool: server.connect(12) })
    const deposits = Array.from({ length: 12 }, (_, index) => `order-${index}`)
    for (const reference of deposits) await store.complete(await claimOf(store, reference), 'ok')
    const cent = { value: '0.01', currency: 'SEK' }
    for (let round = 0; round < 20; round += 1) {
      const begun = deposits.map((reference) =>
        store.begin(
          { ...depositOf(`r-${round}`), kind: 'refund', of: paymentRef(depositOf(reference)), expect: cent },
          reference,
        ),
      )
      const states = (await Promise.all(begun)).map(({ state }) => state)
      expect(states.sort()).toEqual(['new', ...Array(11).fill('refused')])
    }
  })

  async function claimOf(store: PostgresStore<pg.PoolClient>, reference: string): Promise<string> {
    await store.begin(depositOf(reference), 'f')
    const claim = await store.claim(creditOf(`n-${reference}`, reference), lease)
    if (claim.state !== 'mine') throw new Error(claim.state)
    return claim.token
  }

  async function shipped(): Promise<readonly string[]> {
    return (await application.query('select reference from shipped')).rows.map(({ reference }) => reference)
  }
})

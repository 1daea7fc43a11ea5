import type pg from 'pg'
import { creditOf, depositOf, handled, requestOf, rules } from '../__fixtures__/material.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from '../__fixtures__/private-postgres.ts'
import { type PostgresStore, postgresStore } from '../index.ts'

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
  })
  beforeEach(() => application.query('truncate railswitch.payments cascade; truncate shipped'))
  afterAll(() => server?.remove())

  test('of twenty processes that claim one notification at once, one handles it', async () => {
    const stores = Array.from({ length: 20 }, () => postgresStore({ pool: server.connect(1) }))
    await stores[0]?.begin(requestOf(depositOf('order-1')), rules)
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'order-1'), lease, rules)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'leased'])
  })

  test('of twenty processes that claim one unowned report at once, one handles it, and it is stored once', async () => {
    const stores = Array.from({ length: 20 }, () => postgresStore({ pool: server.connect(1) }))
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'unknown'), lease, rules)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'leased'])
    expect((await application.query('select from railswitch.payments')).rows).toHaveLength(1)
  })

  test('a write whose lease is lost while it runs is rolled back, and the worker with the new lease writes', async () => {
    let time = Date.now()
    const store = postgresStore({ pool: server.connect(4), now: () => new Date(time) })
    const token = await claimOf(store, 'order-1')
    let second = ''
    const slow = await store.complete(
      token,
      handled('order-1', async (tx) => {
        await tx.query(`insert into shipped values ('slow')`)
        time += lease + 1
        second = await claimOf(postgresStore({ pool: application, now: () => new Date(time) }), 'order-1')
      }),
      rules,
    )
    expect(slow).toBe(false)
    expect(await shipped()).toEqual([])
    const write = async (tx: pg.PoolClient): Promise<void> => {
      await tx.query(`insert into shipped values ('quick')`)
    }
    expect(await store.complete(second, handled('order-1', write), rules)).toBe(true)
    expect(await shipped()).toEqual(['quick'])
  })

  test('a running handler holds no connection: with a pool of one, other payments are handled, and so is its own', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    const token = await claimOf(store, 'order-1')
    expect(await store.complete(await claimOf(store, 'order-2'), handled('order-2'), rules)).toBe(true)
    expect((await store.begin(requestOf({ ...depositOf('order-1'), attempt: 2 }), rules)).state).toBe('refused')
    expect(await store.complete(token, handled('order-1'), rules)).toBe(true)
  })

  test('an application that locks rows in its write does not make another payment wait', async () => {
    const store = postgresStore({ pool: server.connect(4) })
    const [first, second] = [await claimOf(store, 'order-1'), await claimOf(store, 'order-2')]
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = store.complete(
      first,
      handled('order-1', async (tx) => {
        await tx.query(`insert into shipped values ('order-1')`)
        await held
      }),
      rules,
    )
    try {
      expect(await store.complete(second, handled('order-2'), rules)).toBe(true)
      expect((await store.claim(creditOf('n-order-1', 'order-1'), lease, rules)).state).toBe('busy')
    } finally {
      release()
    }
    expect(await slow).toBe(true)
  })

  test('a call of the store inside a write is refused at once, instead of waiting for its own connection', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    const inside = store.complete(
      await claimOf(store, 'order-1'),
      handled('order-1', () => store.find('order-1')),
      rules,
    )
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
    await store.complete(
      await claimOf(store, 'order-1'),
      handled('order-1', async () => {
        after = over.then(() => store.find('order-1'))
      }),
      rules,
    )
    release()
    expect(await after).not.toBeNull()
  })

  test('row 18: a write that never ends is rolled back, and takes no connection from other payments', async () => {
    const store = postgresStore({ pool: server.connect(2) })
    const stuck = ['order-1', 'order-2']
    const leases = [await claimOf(store, 'order-1'), await claimOf(store, 'order-2')]
    const never = () => new Promise<never>(() => {})
    const given = stuck.map((reference, index) =>
      store.complete(leases[index] ?? '', handled(reference, never, { timeoutMs: 50 }), rules),
    )
    for (const one of given) await expect(one).rejects.toThrow('took longer than 50 ms')
    expect(await store.complete(await claimOf(store, 'order-3'), handled('order-3'), rules)).toBe(true)
    expect((await store.claim(creditOf('n-order-1', 'order-1'), lease, rules)).state).toBe('leased')
  })

  test('row 18: the statements of a write have the same time limit, and waiting for locks has one too', async () => {
    const store = postgresStore({ pool: server.connect(1) })
    const shown: Record<string, string>[] = []
    const limits = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
    const write = async (tx: pg.PoolClient): Promise<void> => {
      for (const limit of limits) shown.push((await tx.query(`show ${limit}`)).rows[0])
    }
    await store.complete(await claimOf(store, 'order-1'), handled('order-1', write, { timeoutMs: 2_500 }), rules)
    expect(shown).toEqual([
      { statement_timeout: '2500ms' },
      { lock_timeout: '10s' },
      { idle_in_transaction_session_timeout: '1min' },
    ])
  })

  test('row 18: a write that took too long writes nothing afterwards, in no other transaction either', async () => {
    const pool = server.connect(1)
    const store = postgresStore({ pool })
    let goOn = (): void => {}
    const late = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let written: Promise<unknown> = Promise.resolve()
    const write = (tx: pg.PoolClient): Promise<unknown> => {
      written = late.then(() => tx.query(`insert into shipped values ('late')`))
      return written
    }
    const given = store.complete(await claimOf(store, 'order-1'), handled('order-1', write, { timeoutMs: 50 }), rules)
    await expect(given).rejects.toThrow('took longer')
    const client = await pool.connect()
    goOn()
    await expect(written).rejects.toThrow()
    client.release()
    expect(await shipped()).toEqual([])
  })

  async function claimOf(store: PostgresStore<pg.PoolClient>, reference: string): Promise<string> {
    await store.begin(requestOf(depositOf(reference)), rules)
    const claim = await store.claim(creditOf(`n-${reference}`, reference), lease, rules)
    if (claim.state !== 'leased') throw new Error(claim.state)
    return claim.lease
  }

  async function shipped(): Promise<readonly string[]> {
    return (await application.query('select reference from shipped')).rows.map(({ reference }) => reference)
  }
})

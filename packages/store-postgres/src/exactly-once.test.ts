import { type Intent, paymentRef } from '@railswitch/core'
import type pg from 'pg'
import { creditOf, depositOf, handled, requestOf, rules } from './__fixtures__/material.ts'
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
    await stores[0]?.begin(requestOf(depositOf('order-1')), rules)
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'order-1'), lease, rules)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'leased'])
  })

  test('of twenty that claim news of a payment that nobody knows, one handles it, and it is kept once', async () => {
    const stores = Array.from({ length: 20 }, () => postgresStore({ pool: server.connect(1) }))
    const claims = await Promise.all(stores.map((store) => store.claim(creditOf('n-1', 'unknown'), lease, rules)))
    expect(claims.map(({ state }) => state).sort()).toEqual([...Array(19).fill('busy'), 'leased'])
    expect((await application.query('select from railswitch.payments')).rows).toHaveLength(1)
  })

  test('a write whose lease is lost while it runs is undone, and the one who took the payment over writes', async () => {
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

  test('a handler at work holds no connection: with one in all, other payments go on, and so does its own', async () => {
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

  test('a call of the store inside the write is refused at once, instead of waiting for its own connection', async () => {
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

  test('of refunds under one reference for many deposits at once one is new, and the others conflict', async () => {
    const store = postgresStore({ pool: server.connect(12) })
    const deposits = Array.from({ length: 12 }, (_, index) => `order-${index}`)
    for (const reference of deposits) await store.complete(await claimOf(store, reference), handled(reference), rules)
    const cent = { value: '0.01', currency: 'SEK' }
    for (let round = 0; round < 20; round += 1) {
      const begun = deposits.map((reference) =>
        store.begin(
          requestOf(
            { ...depositOf(`r-${round}`), kind: 'refund', of: paymentRef(depositOf(reference)), expect: cent },
            reference,
          ),
          rules,
        ),
      )
      const states = (await Promise.all(begun)).map(({ state }) => state)
      expect(states.sort()).toEqual(['new', ...Array(11).fill('refused')])
    }
  })

  test('row 12: of two first calls of one reference for different payments at once, with other attempts, one begins', async () => {
    const store = postgresStore({ pool: server.connect(8) })
    for (const reference of ['order-1', 'order-2'])
      await store.complete(await claimOf(store, reference), handled(reference), rules)
    const cent = { value: '0.01', currency: 'SEK' }
    const refund = (reference: string, of: string, attempt: number): Intent => ({
      ...depositOf(reference),
      kind: 'refund',
      of: paymentRef(depositOf(of)),
      expect: cent,
      attempt,
    })
    for (let round = 0; round < 40; round += 1) {
      const asked = [refund(`x-${round}`, 'order-1', 1), refund(`x-${round}`, 'order-2', 2)]
      const begun = await Promise.all(asked.map((intent) => store.begin(requestOf(intent), rules)))
      expect(begun.map(({ state }) => state).sort()).toEqual(['new', 'refused'])
    }
  })

  test('a response and a report that carries its vendor id, at once: the report is never stranded', async () => {
    const store = postgresStore({ pool: server.connect(8) })
    for (let round = 0; round < 40; round += 1) {
      const intent = depositOf(`race-${round}`)
      await store.begin(requestOf(intent), rules)
      const credit = creditOf(`n-race-${round}`, `race-${round}`)
      const withoutToken = { ...credit, from: { ...credit.from, token: null } } as typeof credit
      const payment = paymentRef(intent)
      const started = { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } } as const
      const learned = { vendorIds: [credit.report.vendorId], replaces: true }
      await Promise.all([store.claim(withoutToken, lease, rules), store.conclude(intent, started, learned, rules)])
      const record = await store.find(`race-${round}`)
      expect(record?.reports.map((report) => report.intent)).toEqual([payment])
    }
  })

  test('row 18: a write that never ends is given up, and takes no connection from other payments', async () => {
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

import { type Intent, paymentRef } from '@railswitch/core/store'
import type pg from 'pg'
import { creditOf, depositOf, handled, requestOf, rules } from './__fixtures__/material.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { type PostgresStore, postgresStore } from './index.ts'

const onPostgres = postgresMissing ? describe.skip : describe
const lease = 10_000

// locks.test.ts tests each of these races with held locks; these tests run many calls at once.
onPostgres(`calls at once on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  beforeAll(async () => {
    server = await startPrivatePostgres()
  })
  beforeEach(async () => {
    const pool = server.connect(1)
    await pool.query('drop schema if exists railswitch cascade')
    await postgresStore({ pool }).migrate()
  })
  afterAll(() => server?.remove())

  test('of refunds under one reference for many deposits at once one is new, and the others conflict', async () => {
    const store = postgresStore({ pool: server.connect(12) })
    const deposits = Array.from({ length: 12 }, (_, index) => `order-${index}`)
    for (const reference of deposits) await pay(store, reference)
    const cent = { value: '0.01', currency: 'SEK' }
    for (let round = 0; round < 100; round += 1) {
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
    for (const reference of ['order-1', 'order-2']) await pay(store, reference)
    const cent = { value: '0.01', currency: 'SEK' }
    const refund = (reference: string, of: string, attempt: number): Intent => ({
      ...depositOf(reference),
      kind: 'refund',
      of: paymentRef(depositOf(of)),
      expect: cent,
      attempt,
    })
    for (let round = 0; round < 300; round += 1) {
      const asked = [refund(`x-${round}`, 'order-1', 1), refund(`x-${round}`, 'order-2', 2)]
      const begun = await Promise.all(asked.map((intent) => store.begin(requestOf(intent), rules)))
      expect(begun.map(({ state }) => state).sort()).toEqual(['new', 'refused'])
    }
  })

  test('a response and a report that carries its vendor id, at once: the report is never stranded', async () => {
    const store = postgresStore({ pool: server.connect(8) })
    for (let round = 0; round < 300; round += 1) {
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

  async function pay(store: PostgresStore<pg.PoolClient>, reference: string): Promise<void> {
    await store.begin(requestOf(depositOf(reference)), rules)
    const claim = await store.claim(creditOf(`n-${reference}`, reference), lease, rules)
    if (claim.state !== 'leased') throw new Error(claim.state)
    await store.complete(claim.lease, handled(reference), rules)
  }
})

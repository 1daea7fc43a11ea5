import { type IncomingReport, type Intent, ownMethods, paymentRef } from '@railswitch/core/store'
import type pg from 'pg'
import { creditOf, depositOf, handled, requestOf, rules } from './__fixtures__/material.ts'
import { type PausedConnection, pausedConnection, waits } from './__fixtures__/paused-connection.ts'
import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from './__fixtures__/private-postgres.ts'
import { type PostgresStore, postgresStore } from './index.ts'

const onPostgres = postgresMissing ? describe.skip : describe
const lease = 10_000
const deposit = depositOf('order-1')
const ref = paymentRef(deposit)
const vendorId = creditOf('n', 'order-1').report.vendorId
const started = { state: 'started', result: { payment: ref, redirectUrl: '', expiresAt: null } } as const
const learned = { vendorIds: [vendorId], replaces: true }

// The first call stops before it commits and holds its locks; the second one must wait for it, and then see what it wrote.
onPostgres(`two calls at one moment on PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  let observer: pg.Pool
  let first: PostgresStore<pg.PoolClient>
  let second: PostgresStore<pg.PoolClient>
  let paused: PausedConnection

  beforeAll(async () => {
    server = await startPrivatePostgres()
    observer = server.connect(1)
    await postgresStore({ pool: observer }).migrate()
    second = postgresStore({ pool: server.connect(2), unowned: { reports: 2, days: 60 } })
  })
  beforeEach(async () => {
    await observer.query('truncate railswitch.payments cascade')
    paused = pausedConnection(server.connect(1))
    first = postgresStore(paused)
    await first.find('order-1')
  })
  afterEach(() => paused.release())
  afterAll(() => server?.remove())

  /** Both results: the second call was seen to wait for the first one. */
  async function oneAfterTheOther<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<readonly [A, B]> {
    paused.hold()
    const result = one()
    await paused.reached
    const next = other()
    const waited = await waits(next, observer)
    paused.release()
    expect(waited).toBe(true)
    return [await result, await next]
  }

  /** The second call's result, while the first one still holds its locks. */
  async function besides<A>(one: () => Promise<unknown>, other: () => Promise<A>): Promise<A> {
    paused.hold()
    const result = one()
    await paused.reached
    const next = other()
    const waited = await waits(next, observer)
    paused.release()
    await result
    expect(waited).toBe(false)
    return next
  }

  const begin = (store: PostgresStore<pg.PoolClient>, intent: Intent) => store.begin(requestOf(intent), rules)
  const claim = (store: PostgresStore<pg.PoolClient>, arrival: IncomingReport) => store.claim(arrival, lease, rules)
  const conclude = (store: PostgresStore<pg.PoolClient>) => store.conclude(deposit, started, learned, rules)
  const refund = (reference: string, value: string, of = 'order-1'): Intent => ({
    ...depositOf(reference),
    kind: 'refund',
    of: paymentRef(depositOf(of)),
    expect: { value, currency: 'SEK' },
  })
  const pay = async (reference: string): Promise<void> => {
    await begin(second, depositOf(reference))
    const claimed = await claim(second, creditOf(`n-${reference}`, reference))
    if (claimed.state !== 'leased') throw new Error(claimed.state)
    await second.complete(claimed.lease, handled(reference), rules)
  }
  const own = (reference: string, learns = true): IncomingReport => ({
    report: { ...creditOf(`l-${reference}`, 'order-1').report },
    from: { type: 'own', intent: paymentRef(depositOf(reference)), proof: 'lookup', learns },
  })

  test('of two first calls of one deposit the second resumes', async () => {
    const [one, other] = await oneAfterTheOther(
      () => begin(first, deposit),
      () => begin(second, deposit),
    )
    expect([one.state, other.state]).toEqual(['new', 'resume'])
  })

  test('of two refunds that together exceed the deposit the second is refused', async () => {
    await pay('order-1')
    const [one, other] = await oneAfterTheOther(
      () => begin(first, refund('r-1', '60.00')),
      () => begin(second, refund('r-2', '60.00')),
    )
    expect([one.state, other]).toMatchObject(['new', { state: 'refused', error: { code: 'exceeds_refundable' } }])
  })

  test('row 12: of two first calls of one reference for different payments the second is refused', async () => {
    await pay('order-1')
    await pay('order-2')
    const [one, other] = await oneAfterTheOther(
      () => begin(first, refund('x', '1.00')),
      () => begin(second, { ...refund('x', '1.00', 'order-2'), attempt: 2 }),
    )
    expect([one.state, other]).toMatchObject(['new', { state: 'refused', error: { code: 'conflict' } }])
    expect((await second.find('order-2'))?.intents).toHaveLength(1)
    const { rows } = await observer.query('select root_reference from railswitch.payments order by id')
    expect(rows.map(({ root_reference }) => root_reference)).toEqual(['order-1', 'order-2'])
  })

  test('a report that is claimed while sync claims its payment finds it busy', async () => {
    await begin(second, deposit)
    await second.release((await leased(second, creditOf('n-1', 'order-1'))) ?? '')
    const key = (await second.find('order-1'))?.key ?? ''
    const [one, other] = await oneAfterTheOther(
      () => first.claimRecord(key, lease, rules),
      () => claim(second, creditOf('n-1', 'order-1')),
    )
    expect([one?.state, other.state]).toEqual(['leased', 'busy'])
  })

  test('a record that is claimed by its key while another claims it is busy', async () => {
    await begin(second, deposit)
    await second.release((await leased(second, creditOf('n-1', 'order-1'))) ?? '')
    const key = (await second.find('order-1'))?.key ?? ''
    const [one, other] = await oneAfterTheOther(
      () => first.claimRecord(key, lease, rules),
      () => second.claimRecord(key, lease, rules),
    )
    expect([one?.state, other?.state]).toEqual(['leased', 'busy'])
  })

  test('a report waits for the response that contains its vendor id, and is applied', async () => {
    await begin(second, deposit)
    const [, claimed] = await oneAfterTheOther(
      () => conclude(first),
      () => claim(second, withoutToken(creditOf('n-1', 'order-1'))),
    )
    expect([claimed.state, claimed.record.reports[0]?.intent]).toEqual(['leased', ref])
  })

  test('a response waits for the report with its vendor id, and applies it', async () => {
    await begin(second, deposit)
    const [claimed] = await oneAfterTheOther(
      () => claim(first, withoutToken(creditOf('n-1', 'order-1'))),
      () => conclude(second),
    )
    expect(claimed.record.unowned?.count).toBe(1)
    expect((await second.find('order-1'))?.reports[0]?.intent).toBe(ref)
  })

  test('a report waits for the look-up that learns its vendor id, and is applied', async () => {
    await begin(second, deposit)
    const [, claimed] = await oneAfterTheOther(
      () => claim(first, own('order-1')),
      () => claim(second, withoutToken(creditOf('n-1', 'order-1'))),
    )
    expect([claimed.state, claimed.record.reports.length]).toEqual(['busy', 2])
  })

  test('a look-up waits for the report whose vendor id it learns, and applies it', async () => {
    await begin(second, deposit)
    const [, found] = await oneAfterTheOther(
      () => claim(first, withoutToken(creditOf('n-1', 'order-1'))),
      () => claim(second, own('order-1')),
    )
    expect(found.record.reports.map(({ id, intent }) => [id, intent])).toEqual([
      ['n-1', ref],
      ['l-order-1', ref],
    ])
  })

  test('of two look-ups that learn one vendor id for two payments the second is not applied', async () => {
    await begin(second, deposit)
    await begin(second, depositOf('order-2'))
    const [one, other] = await oneAfterTheOther(
      () => claim(first, own('order-1')),
      () => claim(second, own('order-2')),
    )
    expect([one, other].map(({ record }) => record.reports[0]?.intent)).toEqual([ref, null])
  })

  test('a response waits for the token that assigns another vendor id, and replaces it', async () => {
    await begin(second, deposit)
    await oneAfterTheOther(
      () => claim(first, creditOf('n-1', 'order-1')),
      () => second.conclude(deposit, started, { vendorIds: ['by-response'], replaces: true }, rules),
    )
    const record = await second.find('order-1')
    expect(record?.reports.map(({ intent }) => intent)).toEqual([null])
    expect(record?.intents[0]?.vendorIds).toEqual(['by-response'])
  })

  test('a report of a vendor id waits for the response that replaces it, and is not applied', async () => {
    await begin(second, deposit)
    await claim(second, creditOf('n-1', 'order-1'))
    const [, claimed] = await oneAfterTheOther(
      () => first.conclude(deposit, started, { vendorIds: ['by-response'], replaces: true }, rules),
      () => claim(second, withoutToken(creditOf('n-2', 'order-1'))),
    )
    expect(claimed.record.unowned?.reason).toBe('foreign_order')
    expect((await second.find('order-1'))?.reports.map(({ intent }) => intent)).toEqual([null])
  })

  test('a token waits for the response after which it can no longer assign a vendor id', async () => {
    await begin(second, deposit)
    const [, claimed] = await oneAfterTheOther(
      () => first.conclude(deposit, started, { vendorIds: ['by-response'], replaces: true }, rules),
      () => claim(second, creditOf('n-1', 'order-1')),
    )
    expect(claimed.record.unowned?.reason).toBe('foreign_order')
  })

  test('a response waits for the report that named its payment before it was stored, and takes it over', async () => {
    const [claimed] = await oneAfterTheOther(
      () => claim(first, naming(creditOf('n-1', 'order-1'), 'order-1')),
      async () => {
        await begin(second, deposit)
        return second.conclude(deposit, started, { vendorIds: ['by-response'], replaces: true }, rules)
      },
    )
    expect(claimed.record.unowned?.count).toBe(1)
    expect((await second.find('order-1'))?.reports.map(({ id, intent }) => [id, intent])).toEqual([['n-1', null]])
  })

  test('personal data is erased from a report that is just being stored too', async () => {
    await begin(second, deposit)
    const { report, from } = creditOf('n-1', 'order-1')
    await oneAfterTheOther(
      () => claim(first, { report: { ...report, members: { accountid: 'account-88' } }, from }),
      () => second.erasePersonalData('order-1'),
    )
    expect((await second.find('order-1'))?.reports[0]?.members).toEqual({})
  })

  test('two runs that lease what is due at once do not wait for each other, and one gets it', async () => {
    await begin(second, deposit)
    const at = new Date(Date.now() + 1_000).toISOString()
    const due = { before: at, until: new Date(Date.now() + 60_000).toISOString(), limit: 10 }
    expect(
      await besides(
        () => first.leaseDue(due, rules),
        () => second.leaseDue(due, rules),
      ),
    ).toEqual([])
  })

  test('a sweep skips a payment that another transaction just changes', async () => {
    await begin(second, deposit)
    await observer.query(`update railswitch.payments set updated_at = now() - interval '500 days', due_at = null`)
    expect(
      await besides(
        () => begin(first, { ...deposit, attempt: 2 }),
        () => second.sweep(),
      ),
    ).toBe(0)
    expect((await second.find('order-1'))?.intents).toHaveLength(2)
  })

  test('unowned reports are deleted without waiting for one that is just being applied', async () => {
    await begin(second, deposit)
    await claim(second, withoutToken(creditOf('n-1', 'order-1')))
    await claim(second, withoutToken(creditOf('n-2', 'order-2')))
    const claimed = await besides(
      () => conclude(first),
      () => claim(second, withoutToken(creditOf('n-3', 'order-3'))),
    )
    expect(claimed.record.unowned).toBeDefined()
    expect((await second.find('order-1'))?.reports).toHaveLength(1)
  })

  test('an unowned report does not wait for another one of its day, and is seen by the next run of sync', async () => {
    await claim(second, withoutToken(creditOf('n-1', 'order-1')))
    await finish(second)
    const claimed = await besides(
      () => claim(first, withoutToken(creditOf('n-2', 'order-2'))),
      () => claim(second, withoutToken(creditOf('n-3', 'order-3'))),
    )
    expect([claimed.state, claimed.record.unowned?.count]).toEqual(['busy', 2])
    expect(await finish(second)).toEqual([3])
  })

  test('an unowned report opens a review again that is just being resolved', async () => {
    const { record } = await claim(second, withoutToken(creditOf('n-1', 'order-1')))
    const [review] = rules.derive(record).reviews
    const members = { review: review?.id ?? '', by: 'Finance', count: '1' }
    await besides(
      () =>
        claim(first, {
          report: { ...creditOf('p-1', '').report, method: ownMethods.resolved, members },
          from: { type: 'unowned', record: record.key },
        }),
      () => claim(second, withoutToken(creditOf('n-2', 'order-2'))),
    )
    const open: number[] = []
    for await (const one of second.reviews(rules)) open.push(one.unowned?.count ?? 0)
    expect(open).toEqual([2])
  })

  test('a process that migrates waits for another that does', async () => {
    const store = postgresStore({ pool: server.connect(1), schema: 'elsewhere' })
    paused.hold()
    const held = postgresStore({ ...paused, schema: 'elsewhere' }).migrate()
    await paused.reached
    const migrated = store.migrate()
    expect(await waits(migrated, observer)).toBe(true)
    const { rows } = await observer.query(`select locktype from pg_locks where not granted`)
    paused.release()
    await Promise.all([held, migrated])
    expect(rows).toEqual([{ locktype: 'advisory' }])
  })

  /** As sync does when nothing is left to do; returns how many unowned reports each record has. */
  async function finish(store: PostgresStore<pg.PoolClient>): Promise<readonly (number | undefined)[]> {
    const at = new Date(Date.now() + 1_000).toISOString()
    const due = await store.leaseDue(
      { before: at, until: new Date(Date.now() + 60_000).toISOString(), limit: 10 },
      rules,
    )
    for (const { lease } of due) await store.reschedule(lease, null)
    return due.map(({ record }) => record.unowned?.count)
  }

  async function leased(store: PostgresStore<pg.PoolClient>, arrival: IncomingReport): Promise<string | null> {
    const claimed = await claim(store, arrival)
    return claimed.state === 'leased' ? claimed.lease : null
  }
})

/** As payabl sends it to an address without a token. */
const naming = ({ report }: IncomingReport, echo: string): IncomingReport => ({
  report,
  from: { type: 'callback', token: null, signs: 'identity', echo, transactions: 'many' },
})

const withoutToken = (arrival: IncomingReport): IncomingReport =>
  arrival.from.type === 'callback' ? { ...arrival, from: { ...arrival.from, token: null } } : arrival

import { left, type Reconciliation } from '@railswitch/core'
import { booking, intentOf, listing, shop, unreachable, vendorOf } from './__fixtures__/reconcile-under-test.ts'

test('what the store does not contain is recorded and handled, once', async () => {
  const { reconciliation, asked } = listing([booking('v-1')])
  const { reconcile, types, rules, record } = await shop({ rails: { r: { reconciliation } } })
  expect(await reconcile()).toEqual({
    from: '2025-12-29',
    to: '2026-01-01',
    rails: [{ rail: 'r', listed: 1, recorded: 1, unowned: [], failed: 0 }],
    ledgers: [],
    notAsked: [],
  })
  expect(asked).toEqual(['2025-12-29 to 2026-01-01'])
  expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  const before = await record('order-1')
  expect(before.reports.at(-1)).toMatchObject({ id: 'b-v-1', proof: 'lookup' })
  expect(await reconcile()).toMatchObject({ rails: [{ listed: 1, recorded: 0, failed: 0 }] })
  expect(await record('order-1')).toEqual(before)
  expect(rules.derive(before).state).toMatchObject({ state: 'reversed' })
})

test('a booking is found by our merchant reference if its vendor id is unknown', async () => {
  const { reconciliation } = listing([booking('v-9', { merchantReference: 'order-1' })])
  const { reconcile, types } = await shop({ rails: { r: { reconciliation } } })
  expect(await reconcile()).toMatchObject({ rails: [{ recorded: 1 }] })
  expect(types()).toContain('deposit.reversed')
})

test('bookings of payments that are not in the store are named, and nothing is stored of them', async () => {
  const other = booking('v-9', { merchantReference: 'order-9', bookedAt: ['today', 'today'] })
  const { reconciliation } = listing([other, booking('v-1')])
  const { reconcile, openReviews } = await shop({ rails: { r: { reconciliation } } })
  expect(await reconcile()).toMatchObject({ rails: [{ listed: 3, recorded: 1, unowned: [other], failed: 0 }] })
  expect(await openReviews()).toEqual([])
})

describe('the rails', () => {
  const why = 'it repeats everything'
  const silent = { capabilities: { ...vendorOf().capabilities, reconciliation: { yes: false, why } } } as const
  const rails = () => ({ r: listing([booking('v-1')]), q: listing([]) })

  test('that list nothing are not asked, for the reason of their provider', async () => {
    const { r } = rails()
    const { reconcile } = await shop({ rails: { r, s: silent, t: {} } })
    expect(await reconcile()).toMatchObject({
      rails: [{ rail: 'r' }],
      notAsked: [
        { rail: 's', why },
        { rail: 't', why: 'its provider does not support it' },
      ],
    })
    expect(await reconcile({ rail: 's' })).toMatchObject({ rails: [], notAsked: [{ rail: 's', why }] })
  })

  test('are all asked, or only one, for the given days', async () => {
    const { r, q } = rails()
    const { reconcile } = await shop({ rails: { r, q } })
    await reconcile({ from: '2025-12-31', to: '2026-01-01' })
    expect(await reconcile({ rail: 'q', from: '2025-12-30' })).toMatchObject({ rails: [{ rail: 'q' }], notAsked: [] })
    expect([r.asked, q.asked]).toEqual([
      ['2025-12-31 to 2026-01-01'],
      ['2025-12-31 to 2026-01-01', '2025-12-30 to 2026-01-01'],
    ])
  })

  test('must exist, and the days must be days', async () => {
    const { reconcile } = await shop({ rails: { r: {} } })
    await expect(reconcile({ rail: 'x' })).rejects.toMatchObject({ code: 'rail_missing' })
    await expect(reconcile({ from: 'yesterday' })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('what fails is counted and logged, and the rest is recorded', () => {
  test('a list', async () => {
    const { reconciliation } = listing([booking('v-1')], [unreachable, unreachable])
    const { reconcile, logs } = await shop({ rails: { r: { reconciliation } } })
    expect(await reconcile()).toMatchObject({ rails: [{ listed: 1, recorded: 1, failed: 2 }] })
    expect(logs.filter((line) => line.startsWith('reconciliation: a list failed'))).toHaveLength(2)
  })

  test.each<[string, Reconciliation['list']]>([
    ['fails', () => async () => left(unreachable)],
    [
      'throws',
      () => async () => {
        throw new Error('marked-secret')
      },
    ],
  ])('all lists of a rail whose provider %s', async (_, list) => {
    const { reconciliation } = listing([booking('v-1')])
    const broken = { reconciliation: { ...reconciliation, list } }
    const { reconcile, logs } = await shop({ rails: { q: broken, r: { reconciliation } } })
    expect(await reconcile()).toMatchObject({
      rails: [
        { rail: 'q', listed: 0, failed: 1 },
        { rail: 'r', recorded: 1, failed: 0 },
      ],
    })
    expect(logs.join()).toContain('reconciliation')
    expect(logs.join()).not.toContain('marked-secret')
  })

  test.each<[string, Reconciliation['lookUp']]>([
    ['fails', () => async () => left(unreachable)],
    [
      'throws',
      () => async () => {
        throw new Error('marked-secret')
      },
    ],
  ])('a booking whose look-up %s', async (_, lookUp) => {
    const { reconciliation } = listing([booking('v-0', { merchantReference: 'order-1' }), booking('v-1')])
    const broken: Reconciliation = {
      ...reconciliation,
      lookUp: (record, one, signal) => (one.vendorId === 'v-0' ? lookUp : reconciliation.lookUp)(record, one, signal),
    }
    const { reconcile, logs } = await shop({ rails: { r: { reconciliation: broken } } })
    expect(await reconcile()).toMatchObject({ rails: [{ listed: 2, recorded: 1, failed: 1 }] })
    expect(logs.join()).toContain('reconciliation')
    expect(logs.join()).not.toContain('marked-secret')
  })

  test('a booking that the store cannot find or record, until it can', async () => {
    const { reconciliation } = listing([booking('v-0', { merchantReference: 'order-1' }), booking('v-1')])
    const { reconcile, failing, types } = await shop({ rails: { r: { reconciliation } } })
    failing.add('v-0').add('claim')
    expect(await reconcile()).toMatchObject({ rails: [{ recorded: 0, failed: 2 }] })
    failing.clear()
    expect(await reconcile()).toMatchObject({ rails: [{ recorded: 2, failed: 0 }] })
    expect(types().filter((type) => type === 'deposit.reversed')).toHaveLength(2)
  })

  test('an event whose handler fails is recorded, and handled later', async () => {
    const { reconciliation } = listing([booking('v-1')])
    const { reconcile, application, handleDue, types } = await shop({ rails: { r: { reconciliation } } })
    application.failing.add('deposit.reversed')
    expect(await reconcile()).toMatchObject({ rails: [{ recorded: 1, failed: 0 }] })
    application.failing.clear()
    await handleDue()
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('what is left when the process ends', async () => {
    const { reconciliation } = listing([booking('v-1')])
    const { reconcile, types } = await shop({ rails: { r: { reconciliation } }, isClosed: () => true })
    expect(await reconcile()).toMatchObject({ rails: [{ listed: 1, recorded: 0, failed: 1 }] })
    expect(types()).toEqual(['deposit.credited'])
  })
})

test('a vendor sees only its own part of the payment', async () => {
  const { reconciliation } = listing([booking('v-2')])
  const seen: string[] = []
  const watched: Reconciliation = {
    ...reconciliation,
    lookUp: (record, ...more) => {
      seen.push(...record.intents.map(({ intent }) => intent.rail), ...record.reports.map(({ rail }) => rail))
      return reconciliation.lookUp(record, ...more)
    },
  }
  const { reconcile, begin } = await shop({ rails: { r: { reconciliation: watched }, q: {} } })
  await begin(intentOf('order-2'), 'started', 'v-2')
  await begin(intentOf('order-2', { rail: 'q', attempt: 2 }))
  await reconcile()
  expect(seen).toEqual(['r'])
})

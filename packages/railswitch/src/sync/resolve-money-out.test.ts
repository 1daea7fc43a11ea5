import {
  type Conclusion,
  type Intent,
  left,
  type Outcome,
  PaymentError,
  type PaymentRef,
  paymentRef,
  right,
  type Store,
} from '@railswitch/core'
import { foundOf, lookUpsAt } from './__fixtures__/look-ups.ts'
import {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  sek,
  storeOf,
  syncUnderTest,
  type UnderTest,
  type VendorOptions,
  vendorOf,
} from './__fixtures__/sync-under-test.ts'

type Result = Extract<Outcome, { status: 'unknown' }>

/** A credited deposit and a refund of it, without a response or with an unknown outcome. */
const refundUnderWay = async (
  vendor: VendorOptions = {},
  result: Partial<Result> | null = null,
  more: UnderTest = {},
) => {
  const clock = clockOf()
  const lookUps = lookUpsAt(clock)
  const store = storeOf(clock)
  const options = { clock, store, vendor: vendorOf({ lookUp: lookUps.lookUp, ...vendor }), ...more }
  const running = syncUnderTest(options)
  const deposit = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  await running.send({ id: 'n-1', order: 'tx-1', method: 'credit' })
  clock.at += hour
  await running.sync()
  const intent = intentOf('refund-1', { kind: 'refund', of: deposit, expect: sek('30.00') })
  const ref = 'rs1.r.refund.refund-1.1' as PaymentRef
  const notBefore = new Date(clock.at + minute).toISOString()
  const unknown = { status: 'unknown', payment: ref, resolveBy: 'lookup', notBefore, ...result } as const
  await running.begin(intent, result && { state: 'unknown', result: unknown })
  const refundState = async () => {
    const { state } = running.rules.derive(await running.record('order-1'))
    return state && 'refunds' in state ? state.refunds[0]?.state : undefined
  }
  const syncAfter = (ms: number) => {
    clock.at += ms
    return running.sync()
  }
  return { ...running, ...lookUps, options, intent, ref, refundState, syncAfter }
}

/** A store in which every payment is due, as after an upgrade. */
const allDue = ({ store, record }: Awaited<ReturnType<typeof refundUnderWay>>): Store<void> => {
  let isGiven = false
  return {
    ...store,
    leaseDue: async () => {
      if (isGiven) return []
      isGiven = true
      return [{ lease: 'lease', record: await record('order-1') }]
    },
  }
}

/** A call that can be repeated. Records what the vendor has decided, unless `isRecorded` says that the store fails. */
const repeating = (
  { store, rules }: Pick<ReturnType<typeof syncUnderTest>, 'store' | 'rules'>,
  outcome: 'accepted' | 'unknown' | PaymentError,
  isRecorded = () => true,
) => {
  const repeated: string[] = []
  const conclusionOf = (intent: Intent): Conclusion | null => {
    if (outcome instanceof PaymentError)
      return outcome.effect === 'refused' ? { state: 'refused', error: outcome.toJSON() } : null
    return outcome === 'accepted'
      ? { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } }
      : null
  }
  const repeat =
    ({ intent }: { readonly intent: Intent }) =>
    async () => {
      repeated.push(intent.reference)
      const conclusion = conclusionOf(intent)
      if (conclusion && isRecorded())
        await store.conclude(intent, conclusion, { vendorIds: [], replaces: false }, rules)
      return outcome instanceof PaymentError ? left(outcome) : right({ status: outcome })
    }
  return { repeated, repeat }
}

const errorOf = (effect: PaymentError['effect']) =>
  new PaymentError({ code: 'vendor_error', effect, retry: 'never', message: 'no', hint: 'none' })

describe('a running call', () => {
  test('is neither looked up nor repeated, even if its payment is due', async () => {
    for (const replays of [true, false]) {
      const running = await refundUnderWay({ replays })
      running.clock.at += minute - 1
      const { repeated, repeat } = repeating(running, 'accepted')
      const { sync } = syncUnderTest({ ...running.options, store: allDue(running), syncing: { repeat } })
      const count = running.lookedUpAt.length
      expect(await sync()).toMatchObject({ payments: 1, resolved: 0, manualReview: [] })
      expect(running.lookedUpAt).toHaveLength(count)
      expect(repeated).toEqual([])
    }
  })

  test('is looked up a minute later', async () => {
    const { syncAfter, lookedUpAt } = await refundUnderWay()
    await syncAfter(minute - 1)
    expect(lookedUpAt).toEqual([])
    await syncAfter(1)
    expect(lookedUpAt).toHaveLength(1)
  })

  test('is not looked up before `notBefore`', async () => {
    const notBefore = new Date(clockOf().at + 5 * hour).toISOString()
    const { syncAfter, lookedUpAt } = await refundUnderWay({}, { notBefore })
    await syncAfter(2 * hour)
    expect(lookedUpAt).toEqual([])
    await syncAfter(2 * hour + minute)
    expect(lookedUpAt).toHaveLength(1)
  })
})

describe('money out that is looked up', () => {
  test('is resolved when the vendor shows it', async () => {
    const clock = clockOf()
    const { lookUp, lookUpResult } = lookUpsAt(clock)
    const { begin, sync, rules, record, reviews } = syncUnderTest({ vendor: vendorOf({ lookUp }), clock })
    const ref = await begin(intentOf('out-1', { kind: 'payout' }))
    lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'pending' })]
    clock.at += hour
    expect(await sync()).toMatchObject({ resolved: 1, manualReview: [] })
    expect(rules.derive(await record('out-1')).state).toMatchObject({ state: 'accepted' })
    expect((await record('out-1')).intents).toMatchObject([{ conclusion: { state: 'accepted' } }])
    expect(await reviews.list()).toEqual([])
  })

  test('needs manual review if the vendor does not show it: reported once, and its money still counts', async () => {
    const { syncAfter, refundState, reviews, types, ref } = await refundUnderWay()
    expect(await syncAfter(2 * minute)).toMatchObject({ resolved: 0, manualReview: [{ payment: ref }] })
    for (let days = 0; days < 5; days += 1) expect(await syncAfter(day)).toMatchObject({ manualReview: [] })
    expect(await reviews.list()).toMatchObject([{ reason: 'outcome_unknown', payment: ref }])
    expect(types()).toEqual(['deposit.credited', 'review.needed'])
    expect(await refundState()).toBe('unknown')
  })

  test('is resolved even if the vendor shows it late, and its review closes by itself', async () => {
    const clock = clockOf()
    const { lookUp, lookUpResult } = lookUpsAt(clock)
    const { begin, sync, reviews, types } = syncUnderTest({ vendor: vendorOf({ lookUp }), clock })
    const ref = await begin(intentOf('out-1', { kind: 'payout' }))
    clock.at += hour
    await sync()
    expect(await reviews.list()).toHaveLength(1)
    lookUpResult.shows = [foundOf(ref, { id: 'l-1', order: 'po-1', method: 'paid' })]
    clock.at += 2 * day
    expect(await sync()).toMatchObject({ resolved: 1 })
    expect(await reviews.list()).toEqual([])
    expect(types()).toEqual(['review.needed', 'payout.confirmed'])
  })

  test('waits for an unreachable vendor for a day at most', async () => {
    const { syncAfter, lookUpResult, ref, reviews } = await refundUnderWay()
    lookUpResult.shows = 'unreachable'
    expect(await syncAfter(2 * minute)).toMatchObject({ manualReview: [] })
    expect(await syncAfter(hour)).toMatchObject({ manualReview: [] })
    expect(await reviews.list()).toEqual([])
    expect(await syncAfter(day)).toMatchObject({ manualReview: [{ payment: ref }] })
    expect(await reviews.list()).toMatchObject([{ reason: 'outcome_unknown' }])
  })

  test('needs manual review at once if the vendor has no look-up', async () => {
    const { syncAfter, lookedUpAt, ref } = await refundUnderWay({}, { resolveBy: 'operator' })
    expect(await syncAfter(2 * minute)).toMatchObject({ manualReview: [{ payment: ref }] })
    expect(lookedUpAt).toEqual([])
  })
})

describe('money out at a vendor that recognises repeated requests', () => {
  test.each([
    ['accepted', 'accepted', 1],
    ['refused', errorOf('refused'), 1],
    ['unknown again', 'unknown', 0],
    ['an error that may have happened', errorOf('may_have_happened'), 0],
    ['an error before anything was sent', errorOf('not_sent'), 0],
  ] as const)('is repeated: %s', async (_name, outcome, resolved) => {
    const running = await refundUnderWay({ replays: true })
    const { repeated, repeat } = repeating(running, outcome)
    const { sync } = syncUnderTest({ ...running.options, syncing: { repeat } })
    running.clock.at += 2 * minute
    expect(await sync()).toMatchObject({ resolved, manualReview: [] })
    expect(repeated).toEqual(['refund-1'])
    expect(running.lookedUpAt).toEqual([])
  })

  test('is repeated again if the store could not record the result', async () => {
    const running = await refundUnderWay({ replays: true })
    const { repeated, repeat } = repeating(running, 'accepted', () => repeated.length > 1)
    const { sync } = syncUnderTest({ ...running.options, syncing: { repeat } })
    running.clock.at += 2 * minute
    expect(await sync()).toMatchObject({ resolved: 0 })
    running.clock.at += hour
    expect(await sync()).toMatchObject({ resolved: 1 })
    expect(repeated).toEqual(['refund-1', 'refund-1'])
    expect(await running.refundState()).toBe('accepted')
  })

  test.each([
    ['is unknown', 'unknown'],
    ['is not sent', errorOf('not_sent')],
  ] as const)(
    'needs manual review if every repetition %s for a day, and is repeated all the same',
    async (_, outcome) => {
      const running = await refundUnderWay({ replays: true })
      const { repeated, repeat } = repeating(running, outcome)
      const { sync } = syncUnderTest({ ...running.options, syncing: { repeat } })
      const run = (ms: number) => {
        running.clock.at += ms
        return sync()
      }
      expect(await run(2 * minute)).toMatchObject({ resolved: 0, manualReview: [] })
      expect(await run(day)).toMatchObject({ manualReview: [{ payment: running.ref }] })
      expect(await running.reviews.list()).toMatchObject([{ reason: 'outcome_unknown', payment: running.ref }])
      expect(await run(2 * day)).toMatchObject({ manualReview: [] })
      expect(repeated).toHaveLength(3)
    },
  )

  test('needs manual review if its input is not stored', async () => {
    const { syncAfter, ref } = await refundUnderWay({ replays: true })
    expect(await syncAfter(2 * minute)).toMatchObject({ resolved: 0, manualReview: [{ payment: ref }] })
  })
})

describe('a charge', () => {
  const charge = intentOf('charge-1', { account: 'rs1.r.account.account-1.1' as PaymentRef })

  test('without a response is repeated', async () => {
    const options = { vendor: vendorOf({ replays: true }), clock: clockOf(), store: storeOf(clockOf()) }
    const running = syncUnderTest(options)
    const { repeated, repeat } = repeating(running, 'accepted')
    const { sync } = syncUnderTest({ ...options, syncing: { repeat } })
    await running.begin(charge)
    options.clock.at += hour
    expect(await sync()).toMatchObject({ resolved: 1 })
    expect(repeated).toEqual(['charge-1'])
  })

  test('with a report is not repeated', async () => {
    const options = { vendor: vendorOf({ replays: true }), clock: clockOf(), store: storeOf(clockOf()) }
    const running = syncUnderTest(options)
    const { repeated, repeat } = repeating(running, 'accepted')
    const { sync } = syncUnderTest({ ...options, syncing: { repeat } })
    await running.begin(charge)
    await running.send({ id: 'n-1', order: 'c-1', method: 'credit' }, await running.tokenOf(charge))
    options.clock.at += hour
    await sync()
    expect(repeated).toEqual([])
    expect(running.types()).toEqual(['deposit.credited'])
  })
})

import { deepEqual, equal, rejects } from 'node:assert/strict'
import { fold, type News, type Observation, paymentRef, type Store } from '@railswitch/core'
import {
  credit,
  deposit,
  failure,
  moved,
  news,
  refund,
  resolution,
  sek,
  started,
  unexplained,
} from './store-kit-material.ts'

/** A store under test; `now` is its clock, which the cases move. `close` ends what `create` opened. */
export interface StoreUnderTest {
  readonly store: Store
  readonly close?: () => Promise<void>
}

/** One rule that every store keeps. `run` rejects with an AssertionError when it does not. */
export interface StoreCase {
  readonly name: string
  readonly run: () => Promise<void>
}

type Create = (options: { readonly now: () => Date }) => Promise<StoreUnderTest>
type Body = (store: Store, clock: { readonly pass: (ms: number) => void; readonly iso: () => string }) => Promise<void>

/** The cases that any implementation of `Store` passes, for any test runner: `test.each(storeCases(create))`. */
export const storeCases = (create: Create): readonly StoreCase[] =>
  Object.entries(bodies).map(([name, body]) => ({
    name,
    run: async () => {
      let time = Date.parse('2026-01-01T00:00:00.000Z')
      const now = (): Date => new Date(time)
      const { store, close } = await create({ now })
      try {
        await body(store, {
          pass: (ms) => {
            time += ms
          },
          iso: () => now().toISOString(),
        })
      } finally {
        await close?.()
      }
    },
  }))

const lease = 10_000

/** A deposit of 100.00 that is credited and handled. */
const paid = async (store: Store): Promise<void> => {
  await store.begin(deposit(), 'f')
  await store.conclude(deposit(), started(deposit()), ['order-9'])
  const claim = await store.claim(news('n-paid', credit('n-paid')), lease)
  equal(claim.state, 'mine')
  if (claim.state === 'mine') equal(await store.complete(claim.token, 'ok'), true)
}

const stateOf = async (begun: ReturnType<Store['begin']>): Promise<string> => {
  const result = await begun
  return result.state === 'refused' ? result.error.code : result.state
}

const bodies: Readonly<Record<string, Body>> = {
  'begins an intent once, resumes it while it is unanswered, and repeats its answer': async (store) => {
    equal(await stateOf(store.begin(deposit(), 'f')), 'new')
    equal(await stateOf(store.begin(deposit(), 'f')), 'resume')
    await store.conclude(deposit(), started(deposit()), ['order-9'])
    const again = await store.begin(deposit(), 'f')
    equal(again.state, 'done')
    if (again.state === 'done') deepEqual(again.result, started(deposit()).result)
  },

  'gives a retry the rail that was recorded, whatever is asked for now': async (store) => {
    await store.begin(deposit(), 'f')
    const again = await store.begin(deposit({ rail: 'other' }), 'f')
    equal(again.state === 'resume' && again.recorded.intent.rail, 'rail')
  },

  'refuses another request under the same key, also of another kind': async (store) => {
    await paid(store)
    equal(await stateOf(store.begin(deposit(), 'g')), 'conflict')
    equal(await stateOf(store.begin(refund('order-1', '10.00'), 'h')), 'conflict')
  },

  'refuses a reference that another payment has, whatever the attempt: it is found by its reference': async (store) => {
    await paid(store)
    await store.begin(deposit({ reference: 'order-2' }), 'f')
    await store.begin(refund('r-1', '10.00'), 'f')
    equal(await stateOf(store.begin(deposit({ reference: 'r-1', attempt: 2 }), 'f')), 'conflict')
    equal(await stateOf(store.begin(refund('order-2', '10.00', 2), 'f')), 'conflict')
    equal((await store.find('r-1'))?.intents.length, 2)
    equal((await store.find('order-2'))?.intents.length, 1)
    equal(await stateOf(store.begin(refund('order-1', '10.00', 2), 'f')), 'new')
  },

  'lets exactly one of many concurrent calls be new': async (store) => {
    const begun = await Promise.all(Array.from({ length: 20 }, () => store.begin(deposit(), 'f')))
    equal(begun.filter(({ state }) => state === 'new').length, 1)
    equal(begun.filter(({ state }) => state === 'resume').length, 19)
  },

  'repeats a recorded refusal': async (store) => {
    await store.begin(deposit(), 'f')
    await store.conclude(deposit(), failure(), [])
    equal(await stateOf(store.begin(deposit(), 'f')), 'rejected')
    equal(await stateOf(store.begin(deposit({ attempt: 2 }), 'f')), 'new')
  },

  'never forgets an intent that a second call has resumed: that call may have sent it': async (store) => {
    await store.begin(deposit(), 'f')
    equal(await stateOf(store.begin(deposit(), 'f')), 'resume')
    await store.conclude(deposit(), 'not_sent', [])
    equal((await store.find('order-1'))?.intents.length, 1)
  },

  'keeps the settings that the first call was lent': async (store) => {
    await store.begin(deposit(), 'f')
    const later = deposit({ settings: { callbackUrl: 'https://moved.example/callbacks/rail/other' } })
    const again = await store.begin(later, 'f')
    deepEqual(again.state === 'resume' && again.recorded.intent.settings, deposit().settings)
  },

  'forgets an intent of which nothing was sent, and no other': async (store) => {
    await store.begin(deposit(), 'f')
    await store.conclude(deposit(), 'not_sent', [])
    equal(await store.find('order-1'), null)
    equal(await stateOf(store.begin(deposit(), 'other')), 'new')
    await store.conclude(deposit(), started(deposit()), [])
    await store.conclude(deposit(), 'not_sent', [])
    equal((await store.find('order-1'))?.intents.length, 1)
  },

  'never replaces an answer by a worse one': async (store) => {
    await paid(store)
    await store.begin(refund('r-1', '10.00'), 'f')
    await store.conclude(refund('r-1', '10.00'), moved(refund('r-1', '10.00'), 'unknown'), [])
    await store.conclude(refund('r-1', '10.00'), moved(refund('r-1', '10.00'), 'accepted'), ['a'])
    await store.conclude(refund('r-1', '10.00'), moved(refund('r-1', '10.00'), 'unknown'), ['b'])
    const kept = (await store.find('r-1'))?.intents[1]
    equal(kept?.conclusion?.state, 'accepted')
    deepEqual(kept?.vendorIds, ['a', 'b'])
  },

  'lets refunds that race never exceed the deposit': async (store) => {
    await paid(store)
    const asked = Array.from({ length: 12 }, (_, index) => store.begin(refund(`r-${index}`, '30.00'), `f${index}`))
    const states = await Promise.all(asked.map(stateOf))
    equal(states.filter((state) => state === 'new').length, 3)
    equal(states.filter((state) => state === 'exceeds_refundable').length, 9)
  },

  'counts a refund whose outcome is unknown, and no longer one that failed': async (store) => {
    await paid(store)
    const first = refund('r-1', '80.00')
    await store.begin(first, 'f')
    equal(await stateOf(store.begin(refund('r-2', '80.00'), 'g')), 'exceeds_refundable')
    await store.conclude(first, failure(), [])
    equal(await stateOf(store.begin(refund('r-2', '80.00'), 'g')), 'new')
  },

  'refuses a second attempt at a refund while the first may still pay': async (store) => {
    await paid(store)
    await store.begin(refund('r-1', '10.00'), 'f')
    equal(await stateOf(store.begin(refund('r-1', '10.00', 2), 'f')), 'conflict')
    await store.conclude(refund('r-1', '10.00'), failure(), [])
    equal(await stateOf(store.begin(refund('r-1', '10.00', 2), 'f')), 'new')
  },

  'refuses a further attempt at a deposit that is credited': async (store) => {
    await paid(store)
    equal(await stateOf(store.begin(deposit({ attempt: 2 }), 'f')), 'conflict')
  },

  'refuses a refund of a deposit that is not known': async (store) => {
    equal(await stateOf(store.begin(refund('r-1', '10.00'), 'f')), 'not_found')
  },

  'finds a payment by the deposit and by a refund, and gives long references back as given': async (store) => {
    await paid(store)
    await store.begin(refund('r-1', '10.00'), 'f')
    equal((await store.find('r-1'))?.intents[0]?.intent.reference, 'order-1')
    const long = `order-${'x'.repeat(60)}`
    await store.begin(deposit({ reference: long }), 'f')
    equal((await store.find(long))?.intents[0]?.intent.reference, long)
    equal(await store.find('nothing'), null)
  },

  'brings news to its payment by our id, by the vendor’s, and by one learnt from news': async (store) => {
    await store.begin(deposit(), 'f')
    const subjects: (string | null)[] = []
    const tell = async (id: string, by: Partial<ReturnType<typeof news>>, vendorId = 'order-9'): Promise<void> => {
      const claim = await store.claim(
        {
          ...news(id, credit(id, vendorId)),
          ...by,
          observe: (_thread, subject) => {
            subjects.push(subject?.intent.reference ?? null)
            return credit(id, vendorId)
          },
        },
        lease,
      )
      if (claim.state === 'mine') await store.complete(claim.token, 'ok')
    }
    await tell('n-1', { vendorIds: ['unheard'] })
    await store.conclude(deposit(), started(deposit()), ['order-9'])
    await tell('n-2', { merchantReference: null, vendorIds: ['order-9'] }, 'later-9')
    await tell('n-3', { merchantReference: null, vendorIds: ['later-9'] })
    await tell('n-4', { merchantReference: null, vendorIds: ['unheard-too'] })
    await tell('n-5', { rail: 'other' })
    deepEqual(subjects, ['order-1', 'order-1', 'order-1', null, null])
  },

  'brings news to the payment that the vendor echoed before any that its transaction is known for': async (store) => {
    await paid(store)
    await store.begin(deposit({ reference: 'order-2' }), 'f')
    const told = { ...news('n-2', credit('n-2')), merchantReference: 'order-2', vendorIds: ['order-9'] }
    const subjects: (string | undefined)[] = []
    await store.claim(
      {
        ...told,
        observe: (_thread, subject) => {
          subjects.push(subject?.intent.reference)
          return credit('n-2')
        },
      },
      lease,
    )
    deepEqual(subjects, ['order-2'])
  },

  'reads news once, and answers a duplicate as before': async (store) => {
    await store.begin(deposit(), 'f')
    const first = await store.claim(news('n-1', credit('n-1')), lease)
    equal(first.state, 'mine')
    if (first.state === 'mine') await store.complete(first.token, { recovered: true })
    const unread = { ...news('n-1', credit('n-1')), observe: () => Promise.reject(new Error('read twice')) as never }
    deepEqual(await store.claim(unread, lease), { state: 'done', answer: { recovered: true } })
    equal((await store.find('order-1'))?.observations.length, 1)
  },

  'takes the same id from another rail for other news': async (store) => {
    await store.begin(deposit(), 'f')
    const first = await store.claim(news('n-1', credit('n-1')), lease)
    if (first.state === 'mine') await store.complete(first.token, 'ok')
    equal((await store.claim({ ...news('n-1', credit('n-1')), rail: 'other' }, lease)).state, 'mine')
  },

  'keeps news whose payment is held, and lets one work at a time': async (store) => {
    await store.begin(deposit(), 'f')
    const first = await store.claim(news('n-1', credit('n-1')), lease)
    equal((await store.claim(news('n-2', credit('n-2')), lease)).state, 'busy')
    equal((await store.claim(news('n-1', credit('n-1')), lease)).state, 'busy')
    equal((await store.find('order-1'))?.observations.length, 2)
    if (first.state === 'mine') await store.complete(first.token, 'ok')
    const second = await store.claim(news('n-2', credit('n-2')), lease)
    equal(second.state, 'mine')
    if (second.state === 'mine')
      deepEqual(
        second.before.observations.map(({ id }) => id),
        ['n-1'],
      )
  },

  'does not let one payment wait for another': async (store) => {
    await store.begin(deposit(), 'f')
    await store.begin(deposit({ reference: 'order-2' }), 'f')
    equal((await store.claim(news('n-1', credit('n-1')), lease)).state, 'mine')
    const other = { ...news('n-2', credit('n-2')), merchantReference: 'order-2', vendorIds: ['order-10'] }
    equal((await store.claim(other, lease)).state, 'mine')
  },

  'fences a worker whose lease was taken by another': async (store, clock) => {
    await store.begin(deposit(), 'f')
    const slow = await store.claim(news('n-1', credit('n-1')), lease)
    clock.pass(lease + 1)
    const quick = await store.claim(news('n-1', credit('n-1')), lease)
    equal(quick.state, 'mine')
    if (slow.state !== 'mine' || quick.state !== 'mine') return
    let written = 0
    const write = async (): Promise<void> => {
      written += 1
    }
    equal(await store.complete(slow.token, 'ok', write), false)
    await store.release(slow.token)
    equal(await store.complete(quick.token, 'ok', write), true)
    equal(await store.complete(quick.token, 'ok', write), false)
    equal(written, 1)
  },

  'gives a released payment to the next, the news still unhandled': async (store) => {
    await store.begin(deposit(), 'f')
    const first = await store.claim(news('n-1', credit('n-1')), lease)
    if (first.state === 'mine') await store.release(first.token)
    equal((await store.claim(news('n-1', credit('n-1')), lease)).state, 'mine')
  },

  'leaves news unhandled when the write fails, and says so': async (store) => {
    await store.begin(deposit(), 'f')
    const first = await store.claim(news('n-1', credit('n-1')), lease)
    if (first.state !== 'mine') return
    const write = async (): Promise<void> => {
      throw new Error('the application’s row is refused')
    }
    await rejects(store.complete(first.token, 'ok', write), /row is refused/)
    equal((await store.claim(news('n-1', credit('n-1')), lease)).state, 'mine')
  },

  'shows settle what something happened to, the longest due first, and no more than asked for': async (
    store,
    clock,
  ) => {
    await store.begin(deposit(), 'f')
    clock.pass(1_000)
    await store.begin(deposit({ reference: 'order-2' }), 'f')
    clock.pass(1_000)
    await store.claim({ ...news('n-7', credit('n-7')), merchantReference: null, vendorIds: ['unheard'] }, lease)
    clock.pass(1_000)
    deepEqual(await due(store, clock, { before: '2026-01-01T00:00:00.500Z' }), ['order-1 0'])
    deepEqual(await due(store, clock, { limit: 1 }), ['order-2 0'])
    deepEqual(await due(store, clock), ['unknown 1'])
  },

  'lends a payment to one at a time, until the loan ends': async (store, clock) => {
    await store.begin(deposit(), 'f')
    deepEqual(await due(store, clock), ['order-1 0'])
    deepEqual(await due(store, clock), [])
    clock.pass(lease)
    deepEqual(await due(store, clock), ['order-1 0'])
  },

  'shows a postponed payment when its time has come, or when something happened to it': async (store, clock) => {
    await store.begin(deposit(), 'f')
    const [first] = await open(store, clock)
    await store.postpone(first?.loan ?? '', '2026-01-01T01:00:00.000Z')
    clock.pass(600_000)
    deepEqual(await due(store, clock), [])
    clock.pass(3_600_000)
    const [second] = await open(store, clock)
    await store.postpone(second?.loan ?? '', null)
    clock.pass(86_400_000)
    deepEqual(await due(store, clock), [])
    await store.claim(news('n-1', credit('n-1')), lease)
    deepEqual(await due(store, clock), ['order-1 1'])
  },

  'does not postpone a payment to which something has happened since it was lent': async (store, clock) => {
    await store.begin(deposit(), 'f')
    const [work] = await open(store, clock)
    await store.claim(news('n-1', credit('n-1')), lease)
    await store.postpone(work?.loan ?? '', null)
    deepEqual(await due(store, clock), ['order-1 1'])
  },

  'does not show again what a duplicate or a repeated call has told already': async (store, clock) => {
    await paid(store)
    const [work] = await open(store, clock)
    await store.postpone(work?.loan ?? '', null)
    equal((await store.claim(news('n-paid', credit('n-paid')), lease)).state, 'done')
    equal(await stateOf(store.begin(deposit(), 'f')), 'done')
    deepEqual(await due(store, clock), [])
  },

  'lists for a person what needs one, and no longer what a person resolved': async (store) => {
    await paid(store)
    deepEqual(await reviews(store), [])
    const odd = { ...credit('n-2'), fact: { type: 'deposit.credited', amount: sek('1.00') } } as const
    await tell(store, news('n-2', odd))
    await tell(store, { ...news('n-3', unexplained('n-3')), merchantReference: null, vendorIds: ['unheard'] })
    deepEqual(await reviews(store), ['order-1', 'unknown'])
    const review = fold((await store.find('order-1')) ?? { intents: [], observations: [] })?.reviewId ?? ''
    await tell(store, news('n-4', resolution('n-4', review)))
    await tell(store, { ...news('n-5', resolution('n-5', 'n-3')), merchantReference: null, vendorIds: ['unheard'] })
    deepEqual(await reviews(store), [])
  },
  'lets settle wait with news that is tried in vain': async (store, clock) => {
    await paid(store)
    const told = news('n-2', credit('n-2'))
    const first = await store.claim(told, lease)
    if (first.state === 'mine') await store.release(first.token)
    const [work] = await open(store, clock)
    const again = await store.claim(told, lease)
    equal(again.state, 'mine')
    if (again.state === 'mine') await store.release(again.token)
    await store.postpone(work?.loan ?? '', '2026-01-01T01:00:00.000Z')
    clock.pass(lease)
    deepEqual(await due(store, clock), [])
    clock.pass(3_600_000)
    deepEqual(await due(store, clock), ['order-1 1'])
  },

  'keeps a payout as a payment of its own, and refuses a second attempt while the first may pay': async (store) => {
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await paid(store)
    equal((await store.begin(payout, 'f')).state, 'new')
    equal((await store.find('out-1'))?.intents.length, 1)
    equal((await store.find('order-1'))?.intents.length, 1)
    equal((await store.begin({ ...payout, attempt: 2 }, 'f')).state, 'refused')
    await store.conclude(payout, moved(payout, 'accepted'), ['out-9'])
    equal((await store.begin({ ...payout, attempt: 2 }, 'f')).state, 'refused')
    equal((await store.begin(deposit({ reference: 'out-1', attempt: 3 }), 'f')).state, 'refused')
    equal((await store.begin(payout, 'f')).state, 'done')
  },

  'forgets who a payment is for, and keeps its money': async (store) => {
    const payout = deposit({
      kind: 'payout',
      reference: 'out-1',
      settings: { callbackUrl: 'https://shop.example/callbacks/rail/token', customerId: 'customer-77' },
    })
    await store.begin(payout, 'fingerprint-of-names')
    const told: Observation = {
      ...credit('n-1', 'out-9'),
      subject: paymentRef(payout),
      fact: { type: 'account.received', account: 'account-88' },
    }
    const claim = await store.claim({ ...news('n-1', told), merchantReference: 'out-1' }, lease)
    if (claim.state === 'mine') await store.complete(claim.token, 'ok')
    equal(await store.forget('out-1'), true)
    const kept = JSON.stringify(await store.find('out-1'))
    for (const gone of ['customer-77', 'account-88', 'fingerprint-of-names']) equal(kept.includes(gone), false)
    deepEqual((await store.find('out-1'))?.intents[0]?.intent.expect, sek('100.00'))
    equal((await store.find('out-1'))?.observations.length, 1)
    equal(await store.forget('never-heard-of'), false)
  },
}

interface Clock {
  readonly iso: () => string
}

const open = (store: Store, clock: Clock, more: { readonly before?: string; readonly limit?: number } = {}) =>
  store.open({
    before: clock.iso(),
    until: new Date(Date.parse(clock.iso()) + lease).toISOString(),
    limit: 10,
    ...more,
  })

const due = async (...asked: Parameters<typeof open>): Promise<readonly string[]> =>
  (await open(...asked)).map(
    ({ thread, unhandled }) => `${thread.intents[0]?.intent.reference ?? 'unknown'} ${unhandled.length}`,
  )

const reviews = async (store: Store): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { thread } of store.reviews()) found.push(thread.intents[0]?.intent.reference ?? 'unknown')
  return found
}

const tell = async (store: Store, told: News): Promise<void> => {
  const claim = await store.claim(told, lease)
  if (claim.state === 'mine') await store.complete(claim.token, 'ok')
}

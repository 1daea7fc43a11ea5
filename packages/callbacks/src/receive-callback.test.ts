import {
  type CallbackResponse,
  type Conclusion,
  type HandlerAnswer,
  PaymentError,
  paymentRef,
  right,
  type Store,
} from '@railswitch/core'
import {
  clockOf,
  deliveryOf,
  gate,
  intentOf,
  pipelineUnderTest,
  storeOf,
  type UnderTest,
} from './__fixtures__/pipeline-under-test.ts'
import { type Message, vendorOf } from './__fixtures__/vendor.ts'

const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
const later: Message = { ...credit, at: '2026-01-09T00:00:00.000Z' }
const novelty: Message = { id: 'x-1', order: 'tx-1', method: 'novelty' }
const foreign: Message = { id: 'f-1', order: 'tx-evil', method: 'credit' }
const deposit = paymentRef(intentOf('order-1'))
const about = (type: string, id: string) => `"event":"${type}","id":"${deposit}:${type}:${id}","payment":"${deposit}"`
const verified = (id: string) => `callback verified {"rail":"r","id":"${id}","reference":"order-1"}`

/** `err` of the log if the provider throws: its message is left out. */
const providerError =
  '"err":{"name":"PaymentError","message":"The provider vendor failed (Error).","code":"vendor_error",' +
  '"hint":"This is a fault of the provider: report it."}'
/** `err` of the log if the application or its store throws. */
const applicationError = '"err":{"name":"Error","message":"marked-secret"}'

const opened = async (options: UnderTest = {}) => {
  const running = pipelineUnderTest(options)
  const payment = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return { ...running, payment }
}

/** A store that records some of its calls. The call that `failing` names rejects. */
const watchedStore = () => {
  const clock = clockOf()
  const working = storeOf(clock)
  const calls: string[] = []
  const failing = new Set<string>()
  const leases: number[] = []
  const other: { has: 'nothing' | 'leased the record' | 'removed the record' } = { has: 'nothing' }
  const fails = (name: string): void => {
    calls.push(name)
    if (failing.has(name)) throw new Error('marked-secret')
  }
  const store: Store<void> = {
    ...working,
    claim: async (arrival, leaseMs, rules) => {
      fails('claim')
      leases.push(leaseMs)
      return working.claim(arrival, leaseMs, rules)
    },
    claimRecord: async (key, leaseMs, rules) => {
      fails('claimRecord')
      leases.push(leaseMs)
      const claim = await working.claimRecord(key, leaseMs, rules)
      if (claim === null || other.has === 'removed the record') return null
      return other.has === 'leased the record' ? { state: 'busy', record: claim.record, reportId: null } : claim
    },
    release: async (lease) => {
      fails('release')
      await working.release(lease)
    },
  }
  return { store, clock, calls, failing, leases, other }
}

describe('logs and metrics of a callback', () => {
  test('that is handled, and of its duplicate', async () => {
    const { send, logs, outcomes, counted } = await opened()
    await send(credit)
    await send(credit)
    expect(logs).toEqual([verified('n-1'), `event handled {${about('deposit.credited', 'tx-1')}}`, verified('n-1')])
    expect(outcomes).toEqual([
      { outcome: 'handled', answer: 'ok' },
      { outcome: 'duplicate', answer: 'ok' },
    ])
    expect(counted).toEqual(['r deposit.credited'])
  })

  test('that is refused, or whose provider fails', async () => {
    const { send, logs, outcomes } = await opened()
    await send('forged')
    await send('newer')
    await send('poison')
    expect(logs).toEqual([
      'callback refused {"rail":"r","code":"callback_refused","rule":"refused","hint":"none"}',
      'callback refused {"rail":"r","code":"unsupported","rule":"refused","hint":"none"}',
      `callback not read: the provider failed {"rail":"r",${providerError}}`,
    ])
    expect(outcomes).toEqual([{ outcome: 'refused' }, { outcome: 'refused' }, { outcome: 'failed' }])
  })

  test('that is a probe of `railswitch doctor`: refused as any other, and named', async () => {
    const { send, logs, outcomes } = await opened()
    await send('railswitch doctor')
    await send('railswitch doctor ')
    expect(logs).toEqual([
      expect.stringMatching(/^callback refused: a probe of railswitch doctor .*"hint":"nothing to do, if somebody ran/),
      'callback refused {"rail":"r","code":"callback_refused","rule":"refused","hint":"none"}',
    ])
    expect(outcomes).toEqual([{ outcome: 'refused' }, { outcome: 'refused' }])
  })

  test('whose handler fails', async () => {
    const { send, logs, outcomes, counted, application } = await opened()
    application.failing.add('deposit.credited')
    await send(credit)
    expect(logs).toEqual([
      verified('n-1'),
      `event not handled: the handler failed {${about('deposit.credited', 'tx-1')},${applicationError}}`,
    ])
    expect([outcomes, counted]).toEqual([[{ outcome: 'failed' }], []])
  })

  test('whose write fails', async () => {
    const { send, logs, outcomes, application } = await opened()
    application.handle = (_event, commit) => commit(() => Promise.reject(new RangeError('marked-secret')))
    await send(credit)
    expect(logs).toEqual([
      verified('n-1'),
      `event not handled: its write failed {${about('deposit.credited', 'tx-1')},"err":{"name":"RangeError","message":"marked-secret"}}`,
    ])
    expect(outcomes).toEqual([{ outcome: 'failed' }])
  })

  test('that comes while another process handles the payment', async () => {
    const { send, outcomes, application } = await opened()
    const [entered, finished] = [gate(), gate()]
    application.handle = () => {
      entered.open()
      return finished.opened
    }
    const first = send(credit)
    await entered.opened
    await send(credit)
    finished.open()
    await first
    expect(outcomes).toEqual([{ outcome: 'busy' }, { outcome: 'handled', answer: 'ok' }])
  })

  test('that the store could not record', async () => {
    const { store, failing } = watchedStore()
    const { send, logs, outcomes } = await opened({ store })
    failing.add('claim')
    await send(credit)
    expect(logs).toEqual([`callback not handled: the store failed {"rail":"r","id":"n-1",${applicationError}}`])
    expect(outcomes).toEqual([{ outcome: 'failed' }])
  })

  test('of an order that is not known to be ours, whose statement is acknowledged and whose question is not', async () => {
    const { send, logs, outcomes, counted } = await opened()
    await send(foreign)
    await send({ ...foreign, id: 'f-2', method: 'debit' })
    expect(logs.filter((line) => line.startsWith('callback'))).toEqual([
      'callback stored: its order is not known to be ours {"rail":"r","id":"f-1","reason":"foreign_order"}',
      'callback stored: its order is not known to be ours {"rail":"r","id":"f-2","reason":"foreign_order"}',
    ])
    expect(outcomes).toEqual([{ outcome: 'handled', answer: 'ok' }, { outcome: 'failed' }])
    expect(counted).toEqual(['r review.needed'])
  })

  test('whose token is not ours', async () => {
    const { send, logs, tokenOf } = await opened()
    await send(credit)
    await send(credit, await tokenOf(intentOf('order-1')))
    expect(logs.filter((line) => line.startsWith('callback token'))).toEqual([])
    await send(credit, 'not-a-token')
    expect(logs.filter((line) => line.startsWith('callback token'))).toEqual([
      'callback token is not ours {"rail":"r","id":"n-1"}',
    ])
  })

  test('for which the oldest reports of foreign orders were deleted', async () => {
    const { store } = watchedStore()
    let dropped: number | undefined
    const full: Store<void> = {
      ...store,
      claim: async (...given) => ({ ...(await store.claim(...given)), ...(dropped !== undefined && { dropped }) }),
    }
    const { send, logs } = await opened({ store: full })
    const deleted = () => logs.filter((line) => line.includes('deleted'))
    await send(foreign)
    expect(deleted()).toEqual([])
    dropped = 3
    await send({ ...foreign, id: 'f-2' })
    expect(deleted()).toEqual([
      'the oldest reports of orders that are not known to be ours were deleted {"rail":"r","dropped":3}',
    ])
  })
})

test('an event is counted with the rail of its payment, even if another rail had an earlier attempt', async () => {
  const rails = new Map([
    ['r', vendorOf()],
    ['other', vendorOf()],
  ])
  const { begin, send, counted } = pipelineUnderTest({ rails })
  const refused: Conclusion = {
    state: 'refused',
    error: { code: 'declined', effect: 'refused', retry: 'next_attempt', message: 'declined', hint: 'none' },
  }
  await begin(intentOf('order-1'), refused)
  await begin(intentOf('order-1', { rail: 'other', attempt: 2 }), 'started', 'tx-2')
  await send({ ...credit, order: 'tx-2' }, null, 'other')
  expect(counted).toEqual(['other deposit.credited'])
})

describe('a report of our own', () => {
  const arrivalAt = (intent: typeof deposit) =>
    ({
      report: { id: 'l-1', at: '2026-01-01T00:00:00.000Z', rail: 'r', vendorId: 'tx-1', method: 'credit', members: {} },
      from: { type: 'own', intent, proof: 'lookup', learns: true },
    }) as const

  test('is in the log if the store fails', async () => {
    const { store, failing } = watchedStore()
    const { pipeline, payment, logs, application } = await opened({ store })
    failing.add('claim').add('claimRecord').add('release')
    expect(await pipeline.record(arrivalAt(payment))).toBe('not_stored')
    expect(await pipeline.handlePending('record-1')).toBe('not_stored')
    failing.delete('claim')
    application.failing.add('deposit.credited')
    expect(await pipeline.record(arrivalAt(payment))).toBe('failed')
    expect(logs.filter((line) => line.includes('the store failed'))).toEqual([
      `report not stored: the store failed {"id":"l-1",${applicationError}}`,
      `report not stored: the store failed {"record":"record-1",${applicationError}}`,
      `event not handled: the store failed {"id":"l-1",${applicationError}}`,
    ])
  })

  test('waits while another process handles the payment', async () => {
    const { send, pipeline, payment, application, record } = await opened()
    const [entered, finished] = [gate(), gate()]
    application.handle = () => {
      entered.open()
      return finished.opened
    }
    const first = send(credit)
    await entered.opened
    expect(await pipeline.record(arrivalAt(payment))).toBe('busy')
    expect(await pipeline.handlePending((await record('order-1')).key)).toBe('busy')
    finished.open()
    await first
  })
})

describe('a lease', () => {
  test('is twice as long as a handler may take', async () => {
    const { store, leases } = watchedStore()
    const { send } = await opened({ store, handlerTimeoutMs: 10_000 })
    await send(credit)
    expect(leases).toEqual([20_000])
  })

  test('is not released after the last event, which ends it', async () => {
    const { store, calls } = watchedStore()
    const { send } = await opened({ store })
    await send(credit)
    expect(calls).toEqual(['claim'])
  })

  test('is released after a failed handler, and renewed only if further events are pending', async () => {
    const { store, calls } = watchedStore()
    const { send, application, types } = await opened({ store })
    application.failing.add('unrecognised')
    await send(novelty)
    expect(calls).toEqual(['claim', 'release'])
    calls.length = 0
    await send(later)
    expect(calls).toEqual(['claim', 'release', 'claimRecord'])
    expect(types()).toEqual(['deposit.credited'])
  })

  test('is neither released nor renewed after a handler that exceeded its time limit', async () => {
    const { store, calls } = watchedStore()
    const { send, application } = await opened({ store, handlerTimeoutMs: 1 })
    application.handle = () => new Promise(() => {})
    await send(later)
    expect(calls).toEqual(['claim'])
  })

  test.each(['leased the record', 'removed the record'] as const)(
    'that cannot be renewed after a failed handler, because another process has %s, ends the work on this payment',
    async (has) => {
      const { store, calls, other } = watchedStore()
      const { send, application, types } = await opened({ store })
      application.failing.add('unrecognised')
      await send(novelty)
      calls.length = 0
      other.has = has
      expect((await send(later)).status).toBe(503)
      expect(types()).toEqual([])
      expect(calls).toEqual(['claim', 'release', 'claimRecord'])
    },
  )
})

test('an emitted event contains its money and evidence, and nothing else', async () => {
  const { send, record } = await opened()
  await send(credit)
  expect((await record('order-1')).emitted).toStrictEqual([
    {
      id: `${deposit}:deposit.credited:tx-1`,
      type: 'deposit.credited',
      payment: deposit,
      money: { value: '100.00', currency: 'SEK' },
      answer: 'ok',
      evidence: ['n-1'],
    },
  ])
})

test('only the provider of its rail receives the body of a callback', async () => {
  const { pipeline, outcomes } = await opened()
  expect(await pipeline.receive('other', null, deliveryOf('{}'))).toEqual({
    status: 404,
    contentType: 'text/plain',
    body: '',
  })
  expect(outcomes).toEqual([])
})

describe('a callback that the provider cannot acknowledge', () => {
  const signerFailed = new PaymentError(
    {
      code: 'unreachable',
      effect: 'not_sent',
      retry: 'same_attempt',
      message: '`signer` gave no signature (AccessDeniedException).',
      hint: 'none',
    },
    { cause: Object.assign(new Error('marked-secret'), { name: 'AccessDeniedException' }) },
  )

  test.each<[string, (answer: HandlerAnswer) => Promise<CallbackResponse>, string]>([
    [
      'rejects with our error',
      () => Promise.reject(signerFailed),
      '"code":"unreachable","reason":"`signer` gave no signature (AccessDeniedException).",' +
        '"err":{"name":"PaymentError","message":"`signer` gave no signature (AccessDeniedException).",' +
        '"code":"unreachable","hint":"none","cause":{"name":"AccessDeniedException"}}',
    ],
    [
      'rejects with a foreign error',
      () => Promise.reject(new Error('marked-secret')),
      `"code":"vendor_error","reason":"The provider vendor failed (Error).",${providerError}`,
    ],
    [
      'throws',
      () => {
        throw new Error('marked-secret')
      },
      `"code":"vendor_error","reason":"The provider vendor failed (Error).",${providerError}`,
    ],
  ])('because it %s gets 503, and its next delivery is acknowledged without the handler', async (_name, fails, why) => {
    const vendor = vendorOf()
    const working = vendor.verifyCallback
    let isFailing = true
    vendor.verifyCallback = (delivery) => {
      const verified = working(delivery)
      if (verified._tag === 'Left') return verified
      const { acknowledge } = verified.right
      return right({ ...verified.right, acknowledge: (answer) => (isFailing ? fails(answer) : acknowledge(answer)) })
    }
    const { send, logs, types, outcomes } = await opened({ vendor })
    expect(await send(credit)).toEqual({ status: 503, contentType: 'text/plain', body: '' })
    expect(logs.at(-1)).toBe(`callback not acknowledged: the provider failed {"rail":"r","id":"n-1",${why}}`)
    expect(logs.join()).not.toContain('marked-secret')
    isFailing = false
    expect(await send(credit)).toMatchObject({ status: 200 })
    expect(types()).toEqual(['deposit.credited'])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'duplicate'])
  })

  test('at once is acknowledged when its signature is there', async () => {
    const vendor = vendorOf()
    const working = vendor.verifyCallback
    const { opened: signed, open } = gate()
    vendor.verifyCallback = (delivery) => {
      const verified = working(delivery)
      if (verified._tag === 'Left') return verified
      return right({
        ...verified.right,
        acknowledge: (answer) => signed.then(() => verified.right.acknowledge(answer)),
      })
    }
    const { send } = await opened({ vendor })
    const reply = send(credit)
    open()
    expect(await reply).toEqual({ status: 200, contentType: 'text/plain', body: '"ok"' })
  })
})

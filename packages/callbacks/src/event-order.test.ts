import type { Conclusion, EventType } from '@railswitch/core'
import { hour, intentOf, pipelineUnderTest, type UnderTest } from './__fixtures__/pipeline-under-test.ts'
import { type Message, vendorOf } from './__fixtures__/vendor.ts'

const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit', at: '2026-01-02T00:00:00.000Z' }
const debit: Message = { id: 'n-2', order: 'tx-1', method: 'debit', at: '2026-01-03T00:00:00.000Z' }

const depositAt = async (options: UnderTest = {}) => {
  const running = pipelineUnderTest(options)
  await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return running
}

describe('money events are handled in order', () => {
  test('a credit whose handler failed comes before its reversal, and `now` contains that it is reversed', async () => {
    const { send, application, receivedEvents } = await depositAt()
    application.failing.add('deposit.credited')
    expect((await send(credit)).status).toBe(503)
    expect((await send(debit)).status).toBe(503)
    expect(receivedEvents).toEqual([])
    application.failing.clear()
    expect(await send(debit)).toMatchObject({ status: 200, body: '{"recovered":true}' })
    const now = { state: 'reversed', net: { value: '0.00', currency: 'SEK' } }
    expect(receivedEvents).toMatchObject([
      { type: 'deposit.credited', now },
      { type: 'deposit.reversed', now },
    ])
    expect((await send(credit)).status).toBe(200)
    expect(receivedEvents).toHaveLength(2)
  })

  test('sync also handles them in order', async () => {
    const { send, application, types, handleDue, clock } = await depositAt()
    application.failing.add('deposit.credited')
    await send(credit)
    await send(debit)
    clock.at += hour
    expect(await handleDue()).toEqual(['failed'])
    expect(types()).toEqual([])
    application.failing.clear()
    clock.at += hour
    expect(await handleDue()).toEqual(['handled'])
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('a reversal that is reported before its credit is a review, and is emitted after the credit', async () => {
    const { send, types } = await depositAt()
    await send(debit)
    await send(credit)
    expect(types()).toEqual(['review.needed', 'deposit.credited', 'deposit.reversed'])
  })

  test('an approval that was not emitted before its credit is not sent late', async () => {
    const { send, application, types } = await depositAt()
    application.failing.add('deposit.not_credited_yet')
    const pending: Message = { id: 'n-0', order: 'tx-1', method: 'pending' }
    expect((await send(pending)).status).toBe(503)
    await send(credit)
    application.failing.clear()
    expect((await send(pending)).status).toBe(200)
    expect(types()).toEqual(['deposit.credited'])
  })
})

describe('a failed handler of another kind does not block money events', () => {
  const other: Message = { id: 'x-1', order: 'tx-1', method: 'novelty' }

  test.each<[EventType, Message]>([
    ['unrecognised', other],
    ['review.needed', { ...credit, id: 'n-0', amount: '1.00' }],
    ['kyc.received', { ...other, id: 'k-1', method: 'kyc' }],
    ['deposit.not_credited_yet', { ...other, id: 'p-1', method: 'pending' }],
  ])('%s', async (type, first) => {
    const { send, application, types } = await depositAt()
    application.failing.add(type)
    await send(first)
    expect((await send(credit)).status).toBe(200)
    expect((await send(debit)).status).toBe(200)
    expect((await send(credit)).status).toBe(200)
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test.each<EventType>(['unrecognised', 'review.needed'])('%s with a failed write', async (type) => {
    const { send, application, types } = await depositAt()
    application.handle = (event, commit) => {
      if (event.type === type) commit(() => Promise.reject(new Error('the row is refused')))
    }
    await send(type === 'unrecognised' ? other : { ...credit, id: 'n-0', amount: '1.00' })
    for (const message of [credit, debit, credit, debit]) expect((await send(message)).status).toBe(200)
    expect(types().filter((one) => one !== type)).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('account.received', async () => {
    const { send, begin, application, types } = pipelineUnderTest()
    await begin(intentOf('account-1', { kind: 'account' }), 'started', 'a-1')
    application.failing.add('account.received')
    expect((await send({ id: 'a-n-1', order: 'a-1', method: 'account' })).status).toBe(503)
    expect((await send({ id: 'k-1', order: 'a-1', method: 'kyc' })).status).toBe(200)
    expect(types()).toEqual(['kyc.received'])
  })
})

describe('a withdrawal whose money was not reserved returns no money', () => {
  const request: Message = { id: 'w-1', order: 'out-1', method: 'debit', at: '2026-01-02T00:00:00.000Z' }
  const cancel: Message = { id: 'w-2', order: 'out-1', method: 'cancel', at: '2026-01-03T00:00:00.000Z' }

  const withdrawal = async () => {
    const running = pipelineUnderTest()
    await running.begin(intentOf('out', { kind: 'withdrawal' }), 'started', 'out-1')
    return running
  }

  test('if the answer during the delivery is reserved: false', async () => {
    const { send, application, types } = await withdrawal()
    application.answers['withdrawal.requested'] = { reserved: false }
    await send(request)
    expect((await send(cancel)).status).toBe(200)
    expect(types()).toEqual(['withdrawal.requested'])
  })

  test('if the answer through sync is reserved: false', async () => {
    const { send, application, types, handleDue, clock } = await withdrawal()
    application.failing.add('withdrawal.requested')
    application.answers['withdrawal.requested'] = { reserved: false }
    expect((await send(request)).status).toBe(503)
    application.failing.clear()
    clock.at += hour
    await handleDue()
    expect((await send(request)).body).toBe('{"reserved":false}')
    expect((await send(cancel)).status).toBe(200)
    clock.at += hour
    await handleDue()
    expect(types()).toEqual(['withdrawal.requested'])
  })

  test.each([
    [false, ['withdrawal.requested']],
    [true, ['withdrawal.requested', 'payout.failed']],
  ])(
    'a cancel before a request whose handler failed: the question is asked once, and its answer (%s) decides',
    async (reserved, expected) => {
      const { send, application, types } = await withdrawal()
      application.failing.add('withdrawal.requested')
      application.answers['withdrawal.requested'] = { reserved }
      expect((await send(request)).status).toBe(503)
      expect((await send(cancel)).status).toBe(200)
      expect(types()).toEqual([])
      application.failing.clear()
      expect((await send(request)).body).toBe(`{"reserved":${reserved}}`)
      for (const message of [cancel, request, cancel]) expect((await send(message)).status).toBe(200)
      expect(types()).toEqual(expected)
    },
  )

  test('if the answer is reserved: true and the handler of payout.failed fails, the vendor gets its answer and sync returns the money', async () => {
    const { send, application, types, handleDue, clock } = await withdrawal()
    await send(request)
    application.failing.add('payout.failed')
    expect((await send(cancel)).status).toBe(503)
    expect((await send(request)).body).toBe('{"reserved":true}')
    application.failing.clear()
    clock.at += hour
    await handleDue()
    expect((await send(cancel)).status).toBe(200)
    expect(types()).toEqual(['withdrawal.requested', 'payout.failed'])
  })
})

describe('two rails', () => {
  const declined: Conclusion = {
    state: 'refused',
    error: { code: 'declined', effect: 'refused', retry: 'next_attempt', message: 'declined', hint: 'none' },
  }

  test('events of a payment that was retried on another rail have the same reference', async () => {
    const rails = new Map([
      ['r', vendorOf()],
      ['other', vendorOf()],
    ])
    const { begin, send, receivedEvents } = pipelineUnderTest({ rails })
    await begin(intentOf('order-1'), declined)
    await begin(intentOf('order-1', { attempt: 2, rail: 'other' }), 'started', 'tx-1')
    await send(credit, null, 'other')
    expect(receivedEvents).toMatchObject([
      { type: 'deposit.credited', reference: 'order-1', payment: 'rs1.other.deposit.order-1.2' },
    ])
  })
})

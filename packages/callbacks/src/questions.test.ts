import { hour, intentOf, pipelineUnderTest } from './__fixtures__/pipeline-under-test.ts'
import type { Message } from './__fixtures__/vendor.ts'

const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit' }
const debit: Message = { id: 'n-2', order: 'tx-1', method: 'debit', at: '2026-01-02T00:00:00.000Z' }

const opened = async (options: Parameters<typeof pipelineUnderTest>[0] = {}) => {
  const running = pipelineUnderTest(options)
  const payment = await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return { ...running, payment }
}

describe('questions', () => {
  test('the answer belongs to the event: every delivery gets the same answer', async () => {
    const { send, application } = await opened()
    await send(credit)
    application.answers['deposit.reversed'] = { recovered: false }
    expect((await send(debit)).body).toBe('{"recovered":false}')
    application.answers['deposit.reversed'] = { recovered: true }
    expect((await send(debit)).body).toBe('{"recovered":false}')
  })

  test('a second report of the same reversal gets the first answer, and no handler runs again', async () => {
    const { send, application, types } = await opened()
    await send(credit)
    application.answers['deposit.reversed'] = { recovered: false }
    expect((await send({ ...debit, about: 'entry-1' })).body).toBe('{"recovered":false}')
    application.answers['deposit.reversed'] = { recovered: true }
    const again: Message = { ...debit, id: 'n-3', about: 'entry-1', at: '2026-01-03T00:00:00.000Z' }
    expect((await send(again)).body).toBe('{"recovered":false}')
    expect((await send(again)).body).toBe('{"recovered":false}')
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('the vendor gets the answer of a handler that sync ran', async () => {
    const { send, application, handleDue, clock, types } = await opened()
    await send(credit)
    application.failing.add('deposit.reversed')
    expect((await send(debit)).status).toBe(503)
    application.failing.clear()
    application.answers['deposit.reversed'] = { recovered: false }
    clock.at += hour
    expect(await handleDue()).toEqual(['handled'])
    application.answers['deposit.reversed'] = { recovered: true }
    expect((await send(debit)).body).toBe('{"recovered":false}')
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test.each([
    [true, '{"reserved":true}'],
    [false, '{"reserved":false}'],
  ])('every delivery of a withdrawal’s question gets the answer reserved: %s', async (reserved, body) => {
    const { send, application, begin } = await opened()
    await begin(intentOf('out-1', { kind: 'withdrawal' }), 'started', 'w-1')
    application.answers['withdrawal.requested'] = { reserved }
    const request: Message = { id: 'w-n-1', order: 'w-1', method: 'debit' }
    expect((await send(request)).body).toBe(body)
    application.answers['withdrawal.requested'] = { reserved: !reserved }
    expect((await send(request)).body).toBe(body)
  })

  test('a question whose report has another event, too, gets the answer to the question', async () => {
    const { send, begin, types } = await opened()
    await begin(intentOf('out-1', { kind: 'withdrawal' }), 'started', 'w-1')
    const request: Message = { id: 'w-n-1', order: 'w-1', method: 'debit', account: 'account-7' }
    for (const _delivery of [1, 2]) expect((await send(request)).body).toBe('{"reserved":true}')
    expect([...types()].sort()).toEqual(['account.received', 'withdrawal.requested'])
  })

  test('the answer does not wait for the other event of the report, which sync handles', async () => {
    const { send, begin, types, application, handleDue, clock } = await opened()
    await begin(intentOf('out-1', { kind: 'withdrawal' }), 'started', 'w-1')
    application.failing.add('account.received')
    const request: Message = { id: 'w-n-1', order: 'w-1', method: 'debit', account: 'account-7' }
    expect((await send(request)).body).toBe('{"reserved":true}')
    application.failing.clear()
    clock.at += hour
    await handleDue()
    expect(types()).toEqual(['withdrawal.requested', 'account.received'])
  })

  test('a question that is only a statement for its payment gets no answer, and the statement is handled', async () => {
    const { send, begin, types } = await opened()
    await begin(intentOf('account-1', { kind: 'account' }), 'started', 'a-1')
    const statement: Message = { id: 'd-1', order: 'a-1', method: 'debit', account: 'account-7' }
    for (const _delivery of [1, 2])
      expect(await send(statement)).toEqual({ status: 503, contentType: 'text/plain', body: '' })
    expect(types().filter((type) => type === 'account.received')).toHaveLength(1)
  })

  test('the same message is acknowledged where it only states something about its payment', async () => {
    const { send, begin } = await opened()
    await begin(intentOf('statement-1', { kind: 'account' }), 'started', 'a-1')
    const statement: Message = { id: 'd-1', order: 'a-1', method: 'debit', account: 'account-7' }
    for (const _delivery of [1, 2]) expect(await send(statement)).toMatchObject({ status: 200, body: '"ok"' })
  })

  test('a question about an order that is not known to be ours gets no answer', async () => {
    const { send, types } = await opened()
    expect((await send({ ...debit, order: 'tx-9' })).status).toBe(503)
    expect(types()).toEqual(['review.needed'])
  })
})

describe('the customer’s identity', () => {
  const kyc: Message = { id: 'k-1', order: 'tx-1', method: 'kyc', customer: { firstName: 'Åsa' } }

  test('is passed to the handler during its delivery, and never stored', async () => {
    const { send, receivedEvents, record, application } = await opened()
    application.answers['kyc.received'] = { proceed: false }
    expect((await send(kyc)).body).toBe('{"proceed":false}')
    expect(receivedEvents).toMatchObject([{ type: 'kyc.received', customer: { firstName: 'Åsa' } }])
    expect(JSON.stringify(await record('order-1'))).not.toContain('Åsa')
    application.answers['kyc.received'] = { proceed: true }
    expect((await send(kyc)).body).toBe('{"proceed":false}')
    expect(receivedEvents).toHaveLength(1)
  })

  test('is not passed with an event of another report', async () => {
    const { send, receivedEvents, application } = await opened()
    application.failing.add('deposit.credited')
    await send(credit)
    application.failing.clear()
    await send(kyc)
    expect(receivedEvents.map(({ type, customer }) => [type, customer !== undefined]).sort()).toEqual([
      ['deposit.credited', false],
      ['kyc.received', true],
    ])
  })

  test('is handled only during its own delivery, never by sync or by another delivery', async () => {
    const { send, types, application, handleDue, clock } = await opened()
    application.failing.add('kyc.received')
    expect((await send(kyc)).status).toBe(503)
    application.failing.clear()
    clock.at += hour
    expect(await handleDue()).toEqual([])
    await send(credit)
    expect(types()).toEqual(['deposit.credited'])
    expect((await send(kyc)).body).toBe('{"proceed":true}')
    expect(types()).toEqual(['deposit.credited', 'kyc.received'])
  })

  test('is one event for each notification', async () => {
    const { send, types } = await opened()
    await send(kyc)
    await send({ ...kyc, id: 'k-2' })
    expect(types()).toEqual(['kyc.received', 'kyc.received'])
  })

  test('is answered even if its write failed the first time', async () => {
    const { send, application, types } = await opened()
    const attempts = ['fails', 'works']
    application.handle = (_event, commit) =>
      commit(async () => {
        if (attempts.shift() === 'fails') throw new Error('the row is refused')
      })
    expect((await send(kyc)).status).toBe(503)
    expect((await send(kyc)).status).toBe(200)
    expect(types()).toEqual(['kyc.received', 'kyc.received'])
  })
})

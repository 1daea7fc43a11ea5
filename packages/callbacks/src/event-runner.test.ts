import {
  clockOf,
  gate,
  hour,
  intentOf,
  minute,
  pipelineUnderTest,
  storeOf,
  type UnderTest,
} from './__fixtures__/pipeline-under-test.ts'
import type { Message } from './__fixtures__/vendor.ts'

const credit: Message = { id: 'n-1', order: 'tx-1', method: 'credit', at: '2026-01-02T00:00:00.000Z' }
const debit: Message = { id: 'n-2', order: 'tx-1', method: 'debit', at: '2026-01-03T00:00:00.000Z' }

const depositAt = async (options: UnderTest = {}) => {
  const running = pipelineUnderTest(options)
  await running.begin(intentOf('order-1'), 'started', 'tx-1')
  return running
}

describe('leases', () => {
  test('a handler that lost its lease writes nothing, because the handler that took over has written', async () => {
    const clock = clockOf()
    const store = storeOf(clock)
    const slow = await depositAt({ clock, store })
    const quick = pipelineUnderTest({ clock, store })
    const rows: string[] = []
    const entered = gate()
    const finished = gate()
    slow.application.handle = async (_event, commit) => {
      commit(async () => void rows.push('slow'))
      entered.open()
      await finished.opened
    }
    quick.application.handle = (_event, commit) => commit(async () => void rows.push('quick'))
    const first = slow.send(credit)
    await entered.opened
    expect((await quick.send(credit)).status).toBe(503)
    clock.at += minute
    expect((await quick.send(credit)).status).toBe(200)
    finished.open()
    expect((await first).status).toBe(503)
    expect(rows).toEqual(['quick'])
    expect(slow.logs.join()).toContain('the lease was lost')
  })

  test('no other handler runs while the lease of a handler that exceeded its time limit lasts; then sync handles the event', async () => {
    const clock = clockOf()
    const store = storeOf(clock)
    const slow = await depositAt({ clock, store, handlerTimeoutMs: 1 })
    const other = pipelineUnderTest({ clock, store })
    const rows: string[] = []
    const finished = gate()
    slow.application.handle = async (_event, commit) => {
      commit(async () => void rows.push('slow'))
      await finished.opened
    }
    expect((await slow.send(credit)).status).toBe(503)
    expect((await other.send(credit)).status).toBe(503)
    clock.at += hour
    expect(await other.handleDue()).toEqual(['handled'])
    finished.open()
    await slow.handleDue()
    expect(rows).toEqual([])
    expect([...slow.types(), ...other.types()]).toContain('deposit.credited')
    expect(other.types()).toEqual(['deposit.credited'])
  })

  test('slow failing handlers never lead to two handlers for one payment', async () => {
    const clock = clockOf()
    const store = storeOf(clock)
    const slow = await depositAt({ clock, store, handlerTimeoutMs: 10_000 })
    const other = pipelineUnderTest({ clock, store, handlerTimeoutMs: 10_000 })
    const working = new Set<string>()
    const overlaps: string[] = []
    const entered = gate()
    const finished = gate()
    slow.application.failing.add('unrecognised')
    for (const id of ['x-1', 'x-2', 'x-3']) await slow.send({ id, order: 'tx-1', method: 'novelty' })
    slow.application.failing.clear()
    slow.application.handle = async ({ type, id }) => {
      if (type === 'unrecognised') {
        clock.at += 9_000
        throw new Error('after nine seconds')
      }
      working.add(id)
      entered.open()
      await finished.opened
      working.delete(id)
    }
    other.application.handle = ({ id }) => {
      if (working.has(id)) overlaps.push(id)
    }
    const first = slow.send({ ...credit, at: '2026-01-09T00:00:00.000Z' })
    await entered.opened
    await other.send({ ...credit, at: '2026-01-09T00:00:00.000Z' })
    finished.open()
    await first
    expect(overlaps).toEqual([])
    expect([...slow.types(), ...other.types()].filter((type) => type === 'deposit.credited')).toHaveLength(1)
  })
})

describe('writes', () => {
  test('a write that fails leaves the event unhandled, and the next delivery writes it once', async () => {
    const { send, application } = await depositAt()
    const rows: string[] = []
    let failures = 1
    application.handle = (_event, commit) =>
      commit(async () => {
        failures -= 1
        if (failures >= 0) throw new Error('marked-secret')
        rows.push('row')
      })
    expect((await send(credit)).status).toBe(503)
    expect((await send(credit)).status).toBe(200)
    expect((await send(credit)).status).toBe(200)
    expect(rows).toEqual(['row'])
  })

  test('a write that never ends releases its lease, and the vendor delivers again', async () => {
    const clock = clockOf()
    const store = storeOf(clock)
    const stuck = await depositAt({ clock, store, handlerTimeoutMs: 20 })
    const other = pipelineUnderTest({ clock, store })
    stuck.application.handle = (_event, commit) => commit(() => new Promise(() => {}))
    expect((await stuck.send(credit)).status).toBe(503)
    expect((await other.send(credit)).status).toBe(200)
    expect(other.types()).toEqual(['deposit.credited'])
  })

  test('the first of two events is marked even if the second one fails', async () => {
    const { send, application, types, record } = await depositAt()
    application.failing.add('deposit.credited')
    await send(credit)
    await send(debit)
    application.failing.clear()
    application.failing.add('deposit.reversed')
    expect((await send(credit)).status).toBe(200)
    expect((await record('order-1')).emitted.map(({ type }) => type)).toEqual(['deposit.credited'])
    application.failing.clear()
    expect((await send(debit)).status).toBe(200)
    expect(types()).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('if the connection breaks after the write was committed, the event is not handled again', async () => {
    const clock = clockOf()
    const working = storeOf(clock)
    let breaks = 1
    const running = await depositAt({
      clock,
      store: {
        ...working,
        complete: async (...given) => {
          const done = await working.complete(...given)
          breaks -= 1
          if (breaks >= 0) throw new Error('the connection is gone')
          return done
        },
      },
    })
    expect((await running.send(credit)).status).toBe(200)
    expect((await running.send(credit)).status).toBe(200)
    expect(running.types()).toEqual(['deposit.credited'])
  })

  test('an emitted event is never emitted again, whatever is reported now', async () => {
    const { send, types, openReviews } = await depositAt()
    await send(credit)
    await send({ ...credit, id: 'n-4', amount: '100.00', at: '2026-02-01T00:00:00.000Z' })
    expect(types()).toEqual(['deposit.credited'])
    expect(await openReviews()).toEqual([])
  })
})

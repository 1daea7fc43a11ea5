import { setTimeout as pause } from 'node:timers/promises'
import { postgresMissing } from '@railswitch/store-postgres/fixtures/private-postgres'
import { deliver, inParallel, shuffled } from './__fixtures__/deliveries.ts'
import { deadlocks, references, startTwoProcesses, type TwoProcesses } from './__fixtures__/two-processes.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`a storm of deliveries with outages${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let two: TwoProcesses

  beforeEach(async () => {
    // A report that is being handled during an outage stays leased for twice this time.
    two = await startTwoProcesses(1_000)
  })
  afterEach(() => two?.close())

  test('PostgreSQL is stopped and started again: 5xx meanwhile, and nothing is lost', async () => {
    const names = references('outage', 200)
    const credits = await two.creditsOf(names)
    let answered = 0
    let refused = 0
    let outage: Promise<void> | null = null
    await inParallel(shuffled(Array.from({ length: 5 }, () => credits).flat()), 32, async (delivery, index) => {
      await two.deliverUntilAnswered(delivery, index, () => {
        refused += 1
      })
      answered += 1
      if (answered === 300) outage = stopAndStart(() => refused)
    })
    await outage
    expect(answered).toBe(1_000)
    expect(await two.shippedOf('outage')).toEqual(names)
    await inParallel(names, 16, async (name, index) => expect(await two.shopFor(index).state(name)).toBe('credited'))
  })

  test('both processes are killed: two new ones sync at the same time, and each order is shipped once', async () => {
    const names = references('killed', 150)
    const credits = await two.creditsOf(names)
    let answered = 0
    await inParallel(shuffled([...credits, ...credits]), 32, async (delivery, index) => {
      const reply = await deliver(two.shopFor(index).socket, delivery).catch(() => null)
      if (reply?.status === 200) answered += 1
      if (answered === 60) for (const shop of two.shops) void shop.kill()
    })
    expect(answered).toBeLessThan(150)
    await two.restart(1_000)
    const unhandled = `select count(*) from railswitch.reports where intent is not null and report ->> 'method' = 'credit'
      and not exists (select from railswitch.emitted where event -> 'evidence' ? report_id)`
    for (let hours = 1; (await two.count(unhandled)) > 0; hours += 24) {
      await Promise.all(two.shops.map((shop) => shop.sync(hours)))
      await pause(200)
    }
    expect(await two.deliverAll(shuffled(credits))).toBe(150)
    expect(await two.shippedOf('killed')).toEqual(names)
    expect(await two.count(deadlocks)).toBe(0)
  })

  /** Stops the database, waits for refused callbacks, expects a new deposit to be refused before sending, and starts it. */
  async function stopAndStart(refused: () => number): Promise<void> {
    const before = refused()
    await two.server.stop()
    while (refused() < before + 50) await pause(5)
    await expect(two.shops[0].deposit('outage-new')).rejects.toThrow('The store could not record the request.')
    await two.server.start()
  }
})

import { postgresMissing } from '@railswitch/store-postgres/fixtures/private-postgres'
import { type Delivery, inParallel, shuffled } from './__fixtures__/deliveries.ts'
import { deadlocks, references, startTwoProcesses, type TwoProcesses } from './__fixtures__/two-processes.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(
  `a storm of deliveries to two processes with one PostgreSQL${postgresMissing ? ` (${postgresMissing})` : ''}`,
  () => {
    let two: TwoProcesses

    beforeAll(async () => {
      two = await startTwoProcesses(30_000)
    })
    afterAll(() => two?.close())

    const once = (type: string, names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [`${type} ${name}`, 1]))

    test('10,000 deliveries of 1,000 notifications: 1,000 handler runs, and each delivery is acknowledged', async () => {
      const names = references('storm', 1_000)
      const credits = await two.creditsOf(names)
      expect(credits).toHaveLength(1_000)
      expect(await two.deliverAll(shuffled(Array.from({ length: 10 }, () => credits).flat()))).toBe(10_000)
      expect(await two.runsOf('deposit.credited storm')).toEqual(once('deposit.credited', names))
      expect(await two.shippedOf('storm')).toEqual(names)
      expect(await two.count(deadlocks)).toBe(0)
    })

    test('concurrent pending, credit and debit of one payment, 200 times: one handler at a time, and no event twice', async () => {
      const names = references('trio', 200)
      const { trustly } = two.sandbox
      const notifications = await two.notificationsOf(names, (orderId) => {
        trustly.complete(orderId)
        trustly.debit(orderId)
      })
      expect(notifications).toHaveLength(600)
      // The three notifications of a payment are adjacent in the list, so they arrive together.
      const paymentOf = ({ body }: Delivery): string => JSON.parse(body).params.data.messageid
      const together = shuffled(notifications).toSorted((a, b) => (paymentOf(a) < paymentOf(b) ? -1 : 1))
      expect(await two.deliverAll(together)).toBe(600)
      expect(await two.runsOf('overlap')).toEqual({})
      // A credit that arrives after its reversal causes no event: nothing is shipped for reversed money.
      const credited = await two.runsOf('deposit.credited trio')
      expect(new Set(Object.values(credited))).toEqual(new Set([1]))
      expect((await two.shippedOf('trio')).map((name) => `deposit.credited ${name}`)).toEqual(
        Object.keys(credited).sort(),
      )
      expect(await two.runsOf('deposit.reversed trio')).toEqual(once('deposit.reversed', names))
      await inParallel(names, 16, async (name, index) => expect(await two.shopFor(index).state(name)).toBe('reversed'))
      expect(await two.count(deadlocks)).toBe(0)
    })

    test('more handlers call refund at the same time than there are connections', async () => {
      const names = references('refunded', 60)
      const credits = await two.creditsOf(names)
      expect(await two.deliverAll(shuffled([...credits, ...credits, ...credits]))).toBe(180)
      expect(await two.shippedOf('refunded')).toEqual(names)
      const refunded = two.sandbox.trustly.books().orders.filter(({ messageId }) => messageId.startsWith('refunded'))
      expect(refunded.map(({ refunds }) => refunds.map(({ amount }) => amount))).toEqual(names.map(() => ['50.00']))
      expect(await two.count(deadlocks)).toBe(0)
    })
  },
)

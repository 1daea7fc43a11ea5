import { deepEqual, equal, ok } from 'node:assert/strict'
import { isLeft, PaymentError } from '@railswitch/core'
import { type Behaviour, declares, has, vendorCan } from '../behaviour.ts'
import { expectMoney, expectState, letTimePass, onlyOne, reviewsOf } from '../world/expectations.ts'
import { dayMs, hourMs, minuteMs, type World } from '../world/world.ts'

const signal = new AbortController().signal

const dayOf = (world: World): string => world.time.now().toISOString().slice(0, 10)

/** What the vendor's lists show since yesterday. */
const listed = async (world: World) => {
  const to = dayOf(world)
  const from = new Date(world.time.now().getTime() - dayMs).toISOString().slice(0, 10)
  const list = await world.provider.reconciliation?.list({ from, to }, signal)()
  if (!list || isLeft(list)) throw new Error('the list cannot be read')
  return list.right
}

/** The vendor may have ended the checkout. */
const expectUnpaid = async (world: World): Promise<void> => {
  const { state } = await world.shop.payments.getDeposit({ reference: 'order-1' })
  ok(['pending', 'not_credited'].includes(state), `the deposit is ${state}`)
  expectMoney(world, 'deposit.credited')
}

/** What the vendor shows when nobody was notified. */
export const lookUpBehaviours: readonly Behaviour[] = [
  {
    id: 'LU-001',
    says: 'finds a credit whose callbacks never arrived',
    because: 'the customer has paid, and nobody else will say so',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.holding(() => world.vendor.credit('order-1'))
      await world.syncAfter(2 * dayMs, 48)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'LU-002',
    says: 'counts a credit once that was looked up and then arrives as a callback',
    because: 'an order that is shipped twice is paid once',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(() => world.vendor.credit('order-1'))
      await world.syncAfter(dayMs, 24)
      for (const message of sent) await world.callbacks.deliver(message)
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'LU-003',
    says: 'finds nothing where nothing happened',
    because: 'a look-up that invents money ships goods',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.syncAfter(dayMs, 24)
      await expectUnpaid(world)
    },
  },
  {
    id: 'LU-004',
    says: 'concludes nothing from a look-up that fails, and does not throw',
    because: 'a vendor that is down has not said that nothing happened',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.holding(() => world.vendor.credit('order-1'))
      for (const fault of ['refused', 'response lost', 'response cut', 'request lost'] as const) {
        world.wire.strike(fault)
        const result = await world.provider.lookUp?.(await world.record('order-1'), signal)()
        ok(result, 'there must be a result')
        const failed = isLeft(result) ? result.left : result.right.failed
        const found = isLeft(result) ? [] : result.right.found
        ok(failed instanceof PaymentError || found.length === 0, `with ${fault}, it must fail`)
      }
      world.wire.strike({ instead: { status: 502, contentType: 'text/html', body: '<html></html>' } })
      await world.syncAfter(hourMs, 2)
      await expectState(world, 'order-1', 'pending')
    },
  },
  {
    id: 'LU-005',
    says: 'ends a look-up whose signal is aborted',
    because: 'one look-up that never ends stops `sync` for all payments',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.advance(hourMs)
      world.wire.strike('hangs')
      const controller = new AbortController()
      const before = world.wire.requests.length
      const running = world.provider.lookUp?.(await world.record('order-1'), controller.signal)()
      for (let turn = 0; turn < 100 && world.wire.requests.length === before; turn += 1)
        await new Promise((resolve) => setImmediate(resolve))
      controller.abort()
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      equal((await Promise.race([running, late])) === 'late', false, 'the look-up did not end')
    },
  },
  {
    id: 'LU-006',
    says: "does not take another merchant's order for ours",
    because: 'anybody can place an order with our reference',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.holding(() => world.vendor.strangerPays('order-1'))
      await world.syncAfter(dayMs, 24)
      await expectUnpaid(world)
    },
  },
  {
    id: 'LU-007',
    says: 'shows the same with every look-up of an unchanged payment',
    because: 'each new report of the same thing could be another payment',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit()
      await world.holding(() => world.vendor.credit('order-1'))
      await world.advance(20 * minuteMs)
      const record = await world.record('order-1')
      const idsOf = async (): Promise<readonly string[]> => {
        const result = await world.provider.lookUp?.(record, signal)()
        return !result || isLeft(result) ? [] : result.right.found.map(({ report }) => report.id).sort()
      }
      const first = await idsOf()
      await world.advance(dayMs)
      deepEqual(await idsOf(), first)
    },
  },
  {
    id: 'LU-008',
    says: 'changes no payment that has ended, however often it is looked up',
    because: 'a finished order must stay finished',
    applies: [has('lookUp')],
    run: async (world) => {
      await world.paidDeposit()
      const events = world.shop.events.length
      await letTimePass(world)
      const more = world.shop.events.slice(events).map(({ type }) => type)
      deepEqual(more, [])
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'LU-009',
    says: 'confirms unsigned money that the vendor shows, without a review',
    because: 'a check that doubts honest money stops every order',
    applies: [has('crossCheck')],
    run: async (world) => {
      await world.paidDeposit()
      await world.syncAfter(dayMs, 24)
      deepEqual(await reviewsOf(world, 'order-1'), [])
      const { payments } = world.shop
      const { history } = await payments.getDeposit({ reference: 'order-1' })
      ok(
        history.some(({ proof }) => proof === 'lookup'),
        'the credit was not looked up',
      )
    },
  },
  {
    id: 'LU-010',
    says: 'lists the deposits and refunds of a day with their vendor ids and exact money',
    because: 'a report that was lost is found only here',
    applies: [declares('reconciliation'), declares('refund.partial')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '40.00')
      const { bookings, failed } = await listed(world)
      deepEqual(failed, [])
      const amounts = bookings.map(({ money }) => money?.value)
      ok(amounts.includes('100.00'), 'the deposit is not listed')
      ok(amounts.includes('40.00'), 'the refund is not listed')
      for (const { vendorId } of bookings) ok(vendorId !== '')
    },
  },
  {
    id: 'LU-011',
    says: 'finds a reversal whose callback was lost by reconciliation, once',
    because: 'reversed money that nobody noticed is lost with the goods',
    applies: [declares('reconciliation'), vendorCan('reverse')],
    run: async (world) => {
      await world.paidDeposit()
      await world.holding(async () => world.vendor.reverse?.('order-1', world.money('30.00')))
      await world.advance(hourMs)
      await world.shop.payments.reconcile()
      expectMoney(world, 'deposit.reversed', '30.00')
      await world.advance(hourMs)
      await world.shop.payments.reconcile()
      expectMoney(world, 'deposit.reversed', '30.00')
    },
  },
  {
    id: 'LU-012',
    says: 'changes nothing by a reconciliation if nothing was lost',
    because: 'a daily job that doubts every payment is switched off',
    applies: [declares('reconciliation'), declares('refund.partial')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      const before = world.eventsOf('deposit.credited').length
      await world.advance(hourMs)
      const { rails } = await world.shop.payments.reconcile()
      const rail = onlyOne(rails, 'reconciled rail')
      equal(rail.failed, 0)
      equal(rail.unowned.length, 0)
      equal(world.eventsOf('deposit.credited').length, before)
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
]

import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { expectMoney, expectState, isAcknowledgement, lastOf, reviewsOf } from '../world/expectations.ts'
import { dayMs } from '../world/world.ts'
import { heldCredit, verified } from './held-callbacks.ts'

/** How the provider reads a genuine callback, and where the vendor sends it. */
export const readCallbackBehaviours: readonly Behaviour[] = [
  {
    id: 'CB-022',
    says: 'stores a genuine callback of an unknown kind, and changes nothing',
    because: 'a new kind of message must neither be repeated for ever nor be taken for a known one',
    applies: [vendorCan('sendUnknownKind')],
    run: async (world) => {
      await world.deposit()
      const [sent] = await world.sending(async () => world.vendor.sendUnknownKind?.('order-1'))
      ok(sent?.reply && isAcknowledgement(sent.reply), 'it must be acknowledged')
      await expectState(world, 'order-1', 'pending')
      equal(world.eventsOf('unrecognised').length, 1, 'unrecognised must be emitted once')
    },
  },
  {
    id: 'CB-023',
    says: 'accepts unknown members, missing and empty optional members, and members in another order',
    because: 'vendors add members without notice, and a refused credit is money that nobody sees',
    run: async (world) => {
      await world.deposit('order-0')
      const sample = lastOf(await world.holding(() => world.vendor.credit('order-0')), 'callback of the credit')
      for (const [index, { what }] of world.vendor.variants(sample).entries()) {
        const reference = `order-v${index}`
        await world.deposit(reference)
        const genuine = lastOf(await world.holding(() => world.vendor.credit(reference)), 'callback')
        const variant = world.vendor.variants(genuine)[index]
        if (!variant) throw new Error(`the vendor control has no variant ${what} of this callback`)
        await world.callbacks.deliver(variant.message)
        const { state, credited } = await world.shop.payments.getDeposit({ reference })
        equal(`${state} ${credited.value}`, 'credited 100.00', `with ${what} it is ${state}`)
      }
    },
  },
  {
    id: 'CB-024',
    says: 'counts a callback and a variant of it once',
    because: 'a vendor that repeats a callback may write it in another way',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await world.callbacks.deliver(genuine)
      for (const { message } of world.vendor.variants(genuine)) await world.callbacks.deliver(message)
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
      equal(world.eventsOf('unrecognised').length, 0, 'a variant was not recognised')
    },
  },
  {
    id: 'CB-025',
    says: 'reads the same report from the same bytes, whenever and however often it reads them',
    because: 'a report with another id is another payment',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const { report: first } = verified(world, genuine)
      const { report: second } = verified(world, genuine)
      await world.advance(dayMs)
      const { report: late } = verified(world, genuine)
      deepEqual(second, first)
      equal(late.id, first.id)
      equal(late.vendorId, first.vendorId)
      deepEqual(late.money, first.money)
    },
  },
  {
    id: 'CB-026',
    says: 'gives different reports different ids',
    because: 'a report with the id of an earlier one is dropped as its repetition',
    run: async (world) => {
      await world.deposit('order-1')
      await world.deposit('order-2')
      const sent = await world.holding(async () => {
        await world.vendor.credit('order-1')
        await world.advance(60_000)
        if (world.vendor.reverse) await world.vendor.reverse('order-1', world.money('10.00'))
        await world.vendor.credit('order-2')
      })
      const ids = sent.map((message) => verified(world, message).report.id)
      equal(new Set(ids).size, new Set(sent.map(({ body }) => Buffer.from(body).toString())).size)
    },
  },
  {
    id: 'CB-027',
    says: 'reports times as ISO 8601 in UTC, and not in the future',
    because: 'the order of events and every time limit depend on them',
    run: async (world) => {
      const { at } = verified(world, await heldCredit(world)).report
      equal(at, new Date(at).toISOString())
      ok(Date.parse(at) <= world.time.now().getTime() + 60_000, `${at} is in the future`)
      ok(Date.parse(at) >= world.time.now().getTime() - dayMs, `${at} is long ago`)
    },
  },
  {
    id: 'CB-028',
    says: 'returns the merchant reference as the vendor echoes it',
    because: 'an unknown transaction of this account is shown with the payment that it names',
    run: async (world) => {
      const { merchantReference: echo } = verified(world, await heldCredit(world))
      ok(echo === null || echo === 'order-1', `it is ${echo}`)
    },
  },
  {
    id: 'CB-029',
    says: 'sends its callback address to the vendor unchanged',
    because: 'without its token, a callback of unsigned money is not believed',
    run: async (world) => {
      await world.deposit()
      const { intents } = await world.record('order-1')
      equal(world.order('order-1').callbackUrl, intents[0]?.intent.settings.callbackUrl)
      const [sent] = await world.holding(() => world.vendor.credit('order-1'))
      equal(sent?.url, intents[0]?.intent.settings.callbackUrl)
    },
  },
  {
    id: 'CB-030',
    says: 'takes the money of a report from the callback, and not from the order',
    because: 'a customer who pays less must not get the whole order',
    applies: [vendorCan('creditsOtherAmounts')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(() => world.vendor.credit('order-1', world.money('12.34')))
      const amounts = sent.flatMap((message) => verified(world, message).report.money?.value ?? [])
      ok(amounts.length > 0 && amounts.every((value) => value === '12.34'), `the amounts are ${amounts.join(', ')}`)
    },
  },
  {
    id: 'CB-031',
    says: 'uses no network, no time and no timer to verify a callback',
    because: 'a callback must be answered within seconds, and a forged one must cost nothing',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const before = world.wire.requests.length
      const result = world.provider.verifyCallback({
        body: genuine.body,
        headers: genuine.headers,
        contentType: genuine.headers['content-type'] ?? '',
      })
      ok(!(result instanceof Promise), 'verifyCallback must be synchronous')
      equal(world.wire.requests.length, before)
    },
  },
]

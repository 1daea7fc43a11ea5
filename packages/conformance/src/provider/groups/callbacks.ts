import { deepEqual, equal, ok } from 'node:assert/strict'
import { isLeft, PaymentError } from '@railswitch/core'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import type { VendorMessage } from '../provider-under-test.ts'
import {
  atAddressOf,
  expectMoney,
  expectState,
  isAcknowledgement,
  lastOf,
  reviewsOf,
  withoutToken,
} from '../world/expectations.ts'
import { dayMs, type World } from '../world/world.ts'

/** The callback of a credit, which has not arrived. */
const heldCredit = async (world: World, reference = 'order-1'): Promise<VendorMessage> => {
  await world.deposit(reference)
  return lastOf(await world.holding(() => world.vendor.credit(reference)), 'callback of the credit')
}

const withBody = (message: VendorMessage, body: string | Uint8Array): VendorMessage => ({
  ...message,
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})

/** A message that must not be believed, and then the genuine one, which must. */
const expectRefused = async (world: World, genuine: VendorMessage, others: readonly VendorMessage[]): Promise<void> => {
  for (const message of others) {
    const { status } = await world.callbacks.deliver(message)
    ok(!isAcknowledgement({ status }), `it was answered with ${status}`)
    await expectState(world, 'order-1', 'pending')
  }
  await world.callbacks.deliver(genuine)
  await expectState(world, 'order-1', 'credited')
  expectMoney(world, 'deposit.credited', '100.00')
}

const verified = (world: World, { body, headers }: VendorMessage) => {
  const delivery = { body, headers, contentType: headers['content-type'] ?? '' }
  const result = world.provider.verifyCallback(delivery)
  if (isLeft(result)) throw new Error(`a genuine callback is refused: ${result.left.message}`)
  return result.right
}

/** What a callback may change, and what it may not. */
export const callbackBehaviours: readonly Behaviour[] = [
  {
    id: 'CB-001',
    says: 'applies a genuine callback',
    because: 'the customer has paid and waits for the goods',
    run: async (world) => {
      const genuine = await heldCredit(world)
      ok(isAcknowledgement(await world.callbacks.deliver(genuine)))
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CB-002',
    says: 'applies a callback that is delivered twice once',
    because: 'vendors repeat callbacks, and a second credit would ship twice',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await world.callbacks.deliver(genuine)
      await world.callbacks.deliver(genuine)
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-003',
    says: 'applies a callback that is delivered five times at once once',
    because: 'load balancers and vendors repeat requests while the first one is still running',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await Promise.all(Array.from({ length: 5 }, () => world.callbacks.deliver(genuine)))
      await world.shop.payments.sync()
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-004',
    says: 'reaches the same state if an approval arrives after the credit',
    because: 'vendors do not guarantee the order of their callbacks',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(async () => {
        await world.vendor.approve?.('order-1')
        await world.advance(60_000)
        await world.vendor.credit('order-1')
      })
      for (const message of [...sent].reverse()) await world.callbacks.deliver(message)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      equal(world.eventsOf('deposit.not_credited_yet').length, 0, 'an older state may not be emitted after a newer one')
    },
  },
  {
    id: 'CB-005',
    says: 'reaches the same state if a reversal arrives before its credit',
    because: 'the goods of a reversed payment must not be shipped',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(async () => {
        await world.vendor.credit('order-1')
        await world.advance(dayMs)
        await world.vendor.reverse?.('order-1', world.money('100.00'))
      })
      for (const message of [...sent].reverse()) await world.callbacks.deliver(message)
      await world.shop.payments.sync()
      await expectState(world, 'order-1', 'reversed')
      for (const { now } of world.eventsOf('deposit.credited')) equal(now?.state, 'reversed')
    },
  },
  {
    id: 'CB-006',
    says: 'applies a callback that arrives a week late',
    because: 'a shop that was down for days must still learn what was paid',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await world.advance(7 * dayMs)
      await world.callbacks.deliver(genuine)
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CB-007',
    says: 'refuses a callback that is signed with another key',
    because: 'anybody could credit an order that nobody has paid',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await expectRefused(world, genuine, [world.vendor.forge(genuine)])
    },
  },
  {
    id: 'CB-008',
    says: 'believes no money of a callback with a changed member',
    because: 'one changed digit must not change what is shipped',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const all = world.vendor.tamper(genuine)
      ok(all.length >= 4, 'the vendor control must change every member')
      for (const { what, message } of all) {
        await world.callbacks.deliver(withoutToken(message))
        const { state, credited } = await world.shop.payments.getDeposit({ reference: 'order-1' })
        const isGenuine = state === 'credited' && credited.value === world.money('100.00').value
        ok(state === 'pending' || isGenuine, `${what} was changed, and the deposit is ${state}`)
      }
      for (const event of world.eventsOf('deposit.credited')) equal(event.amount.value, '100.00')
      await world.callbacks.deliver(genuine)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-009',
    says: 'declares `signs: everything` only if every changed member breaks the signature',
    because: 'what no signature covers may be believed only with a token that the vendor and the shop alone know',
    run: async (world) => {
      const genuine = await heldCredit(world)
      if (verified(world, genuine).signs !== 'everything') return
      const genuineReport = verified(world, genuine).report
      for (const { what, message } of world.vendor.tamper(genuine)) {
        const { body, headers } = message
        const result = world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        if (isLeft(result)) continue
        deepEqual(result.right.report, genuineReport, `${what} was changed, and the report is another one`)
      }
    },
  },
  {
    id: 'CB-010',
    says: 'believes unsigned money only with the token of its payment',
    because: 'a copied signature could be sent with any amount',
    run: async (world) => {
      await world.deposit()
      await world.vendor.approve?.('order-1')
      const { state: before } = await world.shop.payments.getDeposit({ reference: 'order-1' })
      const genuine = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback of the credit')
      const { signs } = verified(world, genuine)
      await world.callbacks.deliver(withoutToken(genuine))
      await expectState(world, 'order-1', signs === 'everything' ? 'credited' : before)
      await world.callbacks.deliver(genuine)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-011',
    says: 'refuses an empty body',
    because: 'a health check or a scanner is not a payment, and must not stop the service',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await expectRefused(world, genuine, [withBody(genuine, '')])
    },
  },
  {
    id: 'CB-012',
    says: 'refuses a body that was cut off',
    because: 'half a message may have another meaning than the whole',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const lengths = [1, Math.floor(genuine.body.byteLength / 2), genuine.body.byteLength - 1]
      const cut = lengths.map((length) => withBody(genuine, genuine.body.slice(0, length)))
      for (const message of cut) {
        await world.callbacks.deliver(withoutToken(message))
        await expectState(world, 'order-1', 'pending')
      }
      await world.callbacks.deliver(genuine)
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-013',
    says: 'refuses what is no message at all, without an exception',
    because: 'an exception costs a 500 and an alarm for each request of a scanner',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const texts = ['null', '[]', '{}', '"text"', '0', '{"a":', '<xml/>', '=&=&', '%%%', '{"__proto__":{"x":1}}']
      const bytes = [Uint8Array.of(0xff, 0xfe, 0x00), Uint8Array.of(0x7b, 0xff, 0x7d)]
      const deep = '['.repeat(20_000)
      const bodies = [...texts, deep, ...bytes].map((body) => withBody(genuine, body))
      for (const { body, headers } of bodies) {
        const result = world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        ok(isLeft(result) && result.left instanceof PaymentError, 'it must be refused with a PaymentError')
        equal(result.left.code, 'callback_refused')
      }
      await expectRefused(world, genuine, bodies)
    },
  },
  {
    id: 'CB-014',
    says: 'never throws for a callback with any byte changed, and believes no other money',
    because: 'networks, proxies and attackers change bytes',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const step = Math.max(1, Math.floor(genuine.body.byteLength / 60))
      for (let index = 0; index < genuine.body.byteLength; index += step) {
        const body = Uint8Array.from(genuine.body)
        body[index] = (body[index] ?? 0) ^ 0x01
        const { headers } = genuine
        world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        await world.callbacks.deliver(withoutToken(withBody(genuine, body)))
      }
      for (const event of world.eventsOf('deposit.credited')) equal(event.amount.value, '100.00')
      await world.callbacks.deliver(genuine)
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-015',
    says: "does not apply another merchant's genuine callback that names our reference",
    because: 'another merchant of the same vendor can place an order with any reference, and pay it to itself',
    run: async (world) => {
      await world.deposit()
      await world.vendor.strangerPays('order-1')
      await expectState(world, 'order-1', 'pending')
      expectMoney(world, 'deposit.credited')
    },
  },
  {
    id: 'CB-016',
    says: "does not apply another merchant's genuine callback with a token that was made up",
    because: 'the form of a token is public; only its signature is not',
    run: async (world) => {
      await world.deposit()
      for (const message of await world.holding(() => world.vendor.strangerPays('order-1')))
        await world.callbacks.deliver({ ...message, url: `${message.url}/WyJkZXBvc2l0Il0.made-up` })
      await expectState(world, 'order-1', 'pending')
    },
  },
  {
    id: 'CB-017',
    says: 'applies a callback to its own payment at the address of another payment',
    because: 'the token of a cheap order must not pay an expensive one',
    run: async (world) => {
      const first = await heldCredit(world, 'order-1')
      await world.deposit('order-2')
      const [second] = await world.holding(() => world.vendor.cancel('order-2'))
      if (!second) throw new Error('the vendor has sent no callback of the cancelled deposit')
      await world.callbacks.deliver(atAddressOf(first, second))
      const { state } = await world.shop.payments.getDeposit({ reference: 'order-2' })
      ok(state === 'pending', `order-2 is ${state}, and nobody has paid it`)
      await world.callbacks.deliver(first)
      await expectState(world, 'order-1', 'credited')
      deepEqual(
        world.eventsOf('deposit.credited').map(({ reference }) => reference),
        ['order-1'],
      )
    },
  },
  {
    id: 'CB-018',
    says: 'applies a callback that arrives before the response to its call',
    because: 'a customer can pay faster than a slow response arrives',
    run: async (world) => {
      world.wire.beforeNextResponse(() => world.vendor.credit('order-1'))
      await world.deposit()
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-019',
    says: 'applies the callback of a deposit whose response was lost',
    because: 'the customer may already be at the checkout',
    run: async (world) => {
      world.wire.strike('response lost')
      await world.deposit().catch(() => {})
      world.wire.repair()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-020',
    says: 'refuses the callbacks of another account of the same vendor',
    because: 'two accounts of one vendor are two rails, and money of one must not pay an order of the other',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const forged = world.vendor.forge(genuine)
      await expectRefused(world, genuine, [withoutToken(forged), forged])
    },
  },
  {
    id: 'CB-021',
    says: 'applies callbacks of the previous and of the next key while a key is rotated',
    because: 'callbacks that are on their way during a rotation must not be lost',
    applies: [vendorCan('rotateKey')],
    run: async (world) => {
      const before = await heldCredit(world, 'order-1')
      await world.deposit('order-2')
      const options = world.vendor.rotateKey?.()
      const after = lastOf(await world.holding(() => world.vendor.credit('order-2')), 'callback')
      world.restart(world.create(options))
      await world.callbacks.deliver(before)
      await world.callbacks.deliver(after)
      await expectState(world, 'order-1', 'credited')
      await expectState(world, 'order-2', 'credited')
    },
  },
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
  {
    id: 'CB-032',
    says: 'leaves a left checkout open for the credit of another one',
    because: 'a late message about an old attempt must not end the payment of a newer one',
    run: async (world) => {
      await world.deposit()
      const [cancelled] = await world.holding(() => world.vendor.cancel('order-1'))
      await world.deposit('order-1', { attempt: 2 })
      await world.vendor.credit('order-1_2')
      if (cancelled) await world.callbacks.deliver(cancelled)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      equal(world.eventsOf('deposit.not_credited').length, 0)
    },
  },
]

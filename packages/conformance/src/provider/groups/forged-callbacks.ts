import { deepEqual, equal, ok } from 'node:assert/strict'
import { isLeft, PaymentError } from '@railswitch/core'
import type { Behaviour } from '../behaviour.ts'
import type { VendorMessage } from '../provider-under-test.ts'
import {
  atAddressOf,
  expectMoney,
  expectState,
  isAcknowledgement,
  lastOf,
  withoutToken,
} from '../world/expectations.ts'
import type { World } from '../world/world.ts'
import { heldCredit, verified } from './held-callbacks.ts'

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

/** What no callback may change: forged, altered, or another merchant's. */
export const forgedCallbackBehaviours: readonly Behaviour[] = [
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
    id: 'CB-020',
    says: 'refuses the callbacks of another account of the same vendor',
    because: 'two accounts of one vendor are two rails, and money of one must not pay an order of the other',
    run: async (world) => {
      const genuine = await heldCredit(world)
      const forged = world.vendor.forge(genuine)
      await expectRefused(world, genuine, [withoutToken(forged), forged])
    },
  },
]

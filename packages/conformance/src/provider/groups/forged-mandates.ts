import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { atAddressOf, isAcknowledgement, lastOf } from '../world/expectations.ts'
import { expectMandateState, expectNotCharged, openMandate, signedMandate } from './mandate-calls.ts'

const mandates = [declares('mandate')]
const ended = [...mandates, vendorCan('revokeMandate')]

/** What no report may change: forged, altered, or of another mandate; and how genuine ones are acknowledged. */
export const forgedMandateBehaviours: readonly Behaviour[] = [
  {
    id: 'MAN-018',
    says: "does not apply another merchant's genuine report of a mandate that names our reference",
    because: 'another merchant of the same vendor could make a mandate chargeable that nobody has signed',
    applies: mandates,
    run: async (world) => {
      const payment = await openMandate(world)
      await world.vendor.strangerPays('mandate-1')
      await expectMandateState(world, 'mandate-1', 'pending')
      equal(world.eventsOf('mandate.active').length, 0)
      await expectNotCharged(world, payment)
    },
  },
  {
    id: 'MAN-019',
    says: 'refuses a report of a mandate that is signed with another key',
    because: 'anybody could end the mandates of a competitor',
    applies: ended,
    run: async (world) => {
      await signedMandate(world)
      const genuine = lastOf(
        await world.holding(async () => world.vendor.revokeMandate?.('mandate-1')),
        'callback of the end',
      )
      const reply = await world.callbacks.deliver(world.vendor.forge(genuine))
      ok(!isAcknowledgement(reply), `it was answered with ${reply.status}`)
      await expectMandateState(world, 'mandate-1', 'active')
      await world.callbacks.deliver(genuine)
      await expectMandateState(world, 'mandate-1', 'revoked')
    },
  },
  {
    id: 'MAN-020',
    says: 'believes no account and no signature of a report of a mandate with a changed member',
    because: 'one changed digit must not charge the account of somebody else',
    applies: mandates,
    run: async (world) => {
      await openMandate(world)
      const all = await world.holding(async () => world.vendor.signMandate?.('mandate-1'))
      for (const message of all)
        for (const { what, message: changed } of world.vendor.tamper(message)) {
          await world.callbacks.deliver(changed)
          const { state, account } = await world.shop.payments.getMandate({ reference: 'mandate-1' })
          ok(state === 'pending' && account === null, `${what} was changed, and the mandate is ${state}`)
        }
      for (const message of all) await world.callbacks.deliver(message)
      await expectMandateState(world, 'mandate-1', 'active')
    },
  },
  {
    id: 'MAN-021',
    says: 'applies a report to its own mandate at the address of another mandate',
    because: 'the signature of one customer must not make the mandate of another one chargeable',
    applies: mandates,
    run: async (world) => {
      await openMandate(world, 'mandate-1')
      await openMandate(world, 'mandate-2', { customer: 'customer-2' })
      const first = await world.holding(async () => world.vendor.signMandate?.('mandate-1'))
      const [other] = await world.holding(() => world.vendor.cancel('mandate-2'))
      if (!other) throw new Error('the vendor has sent no callback of the mandate that nobody signed')
      for (const message of first) await world.callbacks.deliver(atAddressOf(message, other))
      await expectMandateState(world, 'mandate-2', 'pending')
      await expectMandateState(world, 'mandate-1', 'active')
    },
  },
  {
    id: 'MAN-022',
    says: 'acknowledges every report of a mandate, and applies it once however often it is delivered',
    because: 'a vendor that gets no acknowledgement repeats the report, for years',
    applies: ended,
    run: async (world) => {
      await openMandate(world)
      const messages = await world.sending(async () => {
        await world.vendor.signMandate?.('mandate-1')
        await world.vendor.revokeMandate?.('mandate-1')
      })
      ok(messages.length > 0, 'the vendor has sent no callback')
      const refused = world.vendor.deliveries().filter(({ accepted }) => !accepted)
      deepEqual(refused, [], 'the vendor must accept the reply to every report')
      const count = world.shop.events.length
      for (const message of messages) ok(isAcknowledgement(await world.callbacks.deliver(message)))
      equal(world.shop.events.length, count, 'a repeated report must emit nothing')
      await expectMandateState(world, 'mandate-1', 'revoked')
    },
  },
]

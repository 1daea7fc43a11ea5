import { equal, notDeepEqual, ok } from 'node:assert/strict'
import { isLeft, type Question } from '@railswitch/core'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { expectMoney, isAcknowledgement, lastOf } from '../world/expectations.ts'
import type { World } from '../world/world.ts'

const expectAllAccepted = ({ vendor }: World): void => {
  const all = vendor.deliveries()
  ok(all.length > 0, 'the vendor has sent no callback')
  ok(
    all.every(({ accepted }) => accepted),
    'the vendor did not accept an acknowledgement',
  )
}

/** A question of each kind, asked once. */
const asks: Readonly<Record<Question, (world: World) => Promise<void>>> = {
  'deposit.reversed': async (world) => {
    await world.paidDeposit()
    await world.vendor.reverse?.('order-1', world.money('100.00'))
  },
  'withdrawal.requested': async (world) => {
    await world.shop.payments.withdrawal(world.depositInput('withdrawal-1'))
    await world.vendor.requestWithdrawal?.('withdrawal-1')
  },
  'kyc.received': async (world) => {
    await world.deposit('order-1', { providerOptions: world.samples.askIdentity ?? {} })
    await world.vendor.identify?.('order-1')
  },
}

const answered = (id: string, question: Question, answer: object, what: string): Behaviour => ({
  id,
  says: `sends the answer that ${what} so that the vendor accepts it`,
  because: 'without an answer that the vendor understands, it decides by itself or asks for ever',
  applies: applicable[question],
  run: async (world) => {
    Object.assign(world.shop.behaviour.answers, { [question]: answer })
    await asks[question](world)
    equal(world.eventsOf(question).length, 1, `${question} must be emitted once`)
    expectAllAccepted(world)
  },
})

const applicable = {
  'deposit.reversed': [vendorCan('reverse')],
  'withdrawal.requested': [declares('withdrawal'), vendorCan('requestWithdrawal')],
  'kyc.received': [declares('kyc'), vendorCan('identify')],
} as const

/** The reply to each kind of callback, as the vendor accepts it. */
export const acknowledgementBehaviours: readonly Behaviour[] = [
  {
    id: 'ACK-001',
    says: 'acknowledges a statement so that the vendor accepts it',
    because: 'a vendor that gets no acknowledgement repeats the callback, and some vendors stop the account',
    run: async (world) => {
      await world.paidDeposit()
      expectAllAccepted(world)
    },
  },
  {
    id: 'ACK-002',
    says: 'acknowledges a repeated callback too',
    because: 'the first acknowledgement may have been lost',
    run: async (world) => {
      await world.deposit()
      const genuine = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback')
      const first = await world.callbacks.deliver(genuine)
      const second = await world.callbacks.deliver(genuine)
      ok(isAcknowledgement(first) && isAcknowledgement(second), `it was answered with ${second.status}`)
    },
  },
  {
    id: 'ACK-003',
    says: 'acknowledges a left checkout',
    because: 'every kind of callback is repeated until it is acknowledged',
    run: async (world) => {
      await world.deposit()
      await world.vendor.cancel('order-1')
      expectAllAccepted(world)
    },
  },
  {
    id: 'ACK-004',
    says: 'acknowledges an approval',
    because: 'every kind of callback is repeated until it is acknowledged',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.approve?.('order-1')
      expectAllAccepted(world)
    },
  },
  {
    id: 'ACK-005',
    says: 'acknowledges a callback of an unknown kind',
    because: 'a new kind of message must not be repeated for ever',
    applies: [vendorCan('sendUnknownKind')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.sendUnknownKind?.('order-1')
      expectAllAccepted(world)
    },
  },
  {
    id: 'ACK-006',
    says: 'acknowledges a failed payout',
    because: 'every kind of callback is repeated until it is acknowledged',
    applies: [declares('payout.toAccount'), vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      await world.vendor.failPayout?.('payout-1')
      expectAllAccepted(world)
    },
  },
  answered('ACK-007', 'deposit.reversed', { recovered: true }, 'reversed money was recovered'),
  answered('ACK-008', 'deposit.reversed', { recovered: false }, 'reversed money was not recovered'),
  answered('ACK-009', 'withdrawal.requested', { reserved: true }, 'the money of a withdrawal is reserved'),
  answered('ACK-010', 'withdrawal.requested', { reserved: false }, 'the money of a withdrawal is not reserved'),
  answered('ACK-011', 'kyc.received', { proceed: true }, 'the person may pay'),
  answered('ACK-012', 'kyc.received', { proceed: false }, 'the person may not pay'),
  {
    id: 'ACK-013',
    says: 'sends different bytes for different answers to a question',
    because: 'a refusal that reads like an approval sends money',
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(async () => {
        await world.vendor.credit('order-1')
        await world.vendor.reverse?.('order-1', world.money('100.00'))
      })
      for (const { body, headers } of sent) {
        const result = world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        if (isLeft(result) || !result.right.isQuestion) continue
        const yes = await result.right.acknowledge({ recovered: true })
        const no = await result.right.acknowledge({ recovered: false })
        notDeepEqual(yes, no)
      }
    },
  },
  {
    id: 'ACK-014',
    says: 'gives no acknowledgement while the handler fails, and applies the repeated callback',
    because: 'an acknowledged credit that was not handled is never shipped',
    run: async (world) => {
      await world.deposit()
      const genuine = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback')
      world.shop.behaviour.handle = () => Promise.reject(new Error('the database is down'))
      const first = await world.callbacks.deliver(genuine)
      ok(!isAcknowledgement(first), `it was answered with ${first.status}`)
      world.shop.behaviour.handle = () => {}
      await world.advance(60_000)
      ok(isAcknowledgement(await world.callbacks.deliver(genuine)))
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
]

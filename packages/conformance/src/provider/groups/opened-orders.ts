import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { merchantReference, paymentRef } from '@railswitch/core'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { errorOf, expectState } from '../world/expectations.ts'
import { directCall } from './deposit-calls.ts'

/** Which order a call opens, and what it returns. */
export const orderBehaviours: readonly Behaviour[] = [
  {
    id: 'CALL-001',
    says: 'sends nothing before a task is run',
    because: 'an operation must be stored before a byte of it is sent',
    run: async (world) => {
      const task = directCall(world)
      await new Promise((resolve) => setImmediate(resolve))
      equal(world.wire.requests.length, 0, 'the operation sent a request before it was run')
      equal(typeof task, 'function')
    },
  },
  {
    id: 'CALL-002',
    says: 'opens exactly one order for a deposit, with its reference and its money',
    because: 'a second order can be paid a second time',
    run: async (world) => {
      await world.deposit('order-1', { amount: world.money('99.95') })
      const { reference, money } = world.order('order-1')
      equal(reference, 'order-1')
      deepEqual(money, world.money('99.95'))
    },
  },
  {
    id: 'CALL-003',
    says: 'returns the vendor ids of the response',
    because: 'the vendor id decides which payment a callback belongs to',
    run: async (world) => {
      await world.deposit()
      const [recorded] = (await world.record('order-1')).intents
      ok(recorded && recorded.vendorIds.length > 0, 'the response to a deposit must teach a vendor id')
      ok(recorded.vendorIds.every((id) => typeof id === 'string' && id !== ''))
    },
  },
  {
    id: 'CALL-004',
    says: 'returns the payment ref of its intent',
    because: 'the application stores it, and refunds with it',
    run: async (world) => {
      const { payment } = await world.deposit()
      equal(payment, paymentRef({ rail: 'rail', kind: 'deposit', reference: 'order-1', attempt: 1 }))
    },
  },
  {
    id: 'CALL-005',
    says: 'returns an absolute redirect address, different for each deposit',
    because: 'a customer who pays the order of somebody else does not get the goods',
    run: async (world) => {
      const first = await world.deposit('order-1')
      const second = await world.deposit('order-2')
      for (const { redirectUrl } of [first, second]) ok(URL.canParse(redirectUrl), 'redirectUrl must be absolute')
      notEqual(first.redirectUrl, second.redirectUrl)
    },
  },
  {
    id: 'CALL-017',
    says: 'returns the same checkout for a repeated call',
    because: 'a customer with two checkouts of one order can pay twice',
    run: async (world) => {
      const first = await world.deposit()
      const second = await world.deposit()
      equal(second.redirectUrl, first.redirectUrl)
      world.order('order-1')
    },
  },
  {
    id: 'CALL-018',
    says: 'gives the second attempt of a deposit an id of its own at the vendor',
    because: 'a vendor takes an order with the same id for a repetition of the first one',
    run: async (world) => {
      await world.deposit()
      await world.vendor.cancel('order-1')
      await world.deposit('order-1', { attempt: 2 })
      equal(world.orders('order-1', 1).length, 1)
      equal(world.orders('order-1', 2).length, 1)
      equal(world.order('order-1', 2).reference, merchantReference({ reference: 'order-1', attempt: 2 }))
    },
  },
  {
    id: 'CALL-025',
    says: 'opens a second attempt after a refusal',
    because: 'a refused order was not opened, and the customer still wants to pay',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      world.vendor.misconfigure?.()
      await errorOf(world.deposit())
      world.vendor.acceptAgain?.()
      await world.deposit('order-1', { attempt: 2 })
      await world.vendor.credit(merchantReference({ reference: 'order-1', attempt: 2 }))
      await expectState(world, 'order-1', 'credited')
    },
  },
]

import { deepEqual, equal } from 'node:assert/strict'
import { type Money, merchantReference, money } from '@railswitch/core'
import { type Behaviour, declares } from '../behaviour.ts'
import type { World } from '../world/world.ts'

/** A deposit of this money at a customer of this country, paid. Returns what the vendor understood and what the shop was credited. */
const paidIn = async (world: World, reference: string, amount: Money, country: string) => {
  const { customer } = world.depositInput(reference)
  await world.deposit(reference, { amount, customer: { ...customer, country } })
  const understood = world.order(reference).money
  await world.vendor.credit(reference)
  const { credited, payment } = await world.shop.payments.getDeposit({ reference })
  return { understood, credited, payment }
}

/** The same whole amount in each currency, with the decimals of the currency. */
const inEach = (world: World, value: string): readonly { amount: Money; country: string }[] =>
  world.samples.currencies.map(({ currency, country }) => ({ amount: money(value, currency), country }))

const roundTrip = (id: string, value: string, says: string): Behaviour => ({
  id,
  says,
  because: 'money that is wrong by a power of ten, or by a rounded cent, is paid all the same',
  run: async (world) => {
    for (const { amount, country } of inEach(world, value)) {
      const reference = `order-${amount.currency}`
      const { understood, credited } = await paidIn(world, reference, amount, country)
      deepEqual(understood, amount, `the vendor understood ${understood?.value} ${understood?.currency}`)
      deepEqual(credited, amount)
    }
  },
})

/** Amounts in every currency. */
export const moneyBehaviours: readonly Behaviour[] = [
  roundTrip('MON-001', '249', 'sends and reads an amount in each of its currencies without a change'),
  roundTrip('MON-002', '1', 'sends and reads a small amount in each of its currencies without a change'),
  roundTrip('MON-003', '12345', 'sends and reads a large amount in each of its currencies without a change'),
  {
    id: 'MON-004',
    says: 'sends and reads cents exactly',
    because: 'a float turns 0.29 into 0.28999, and a sum of such cents into a difference that nobody finds',
    run: async (world) => {
      for (const value of ['0.29', '1.10', '19.99', '100.01', '4.35']) {
        const reference = `order-${value.replace('.', '-')}`
        const { understood, credited } = await paidIn(world, reference, world.money(value), world.samples.country)
        deepEqual(understood, world.money(value))
        deepEqual(credited, world.money(value))
      }
    },
  },
  {
    id: 'MON-005',
    says: 'accepts an amount that is written with fewer decimals as the same amount',
    because: 'the same order that is written in two ways must not become two amounts',
    run: async (world) => {
      await world.deposit('order-1', { amount: world.money('5000') })
      deepEqual(world.order('order-1').money, world.money('5000.00'))
    },
  },
  {
    id: 'MON-006',
    says: 'refunds the exact amount in each of its currencies',
    because: 'a refund that is wrong by a power of ten does not come back',
    applies: [declares('refund.partial')],
    run: async (world) => {
      for (const { amount, country } of inEach(world, '249')) {
        const reference = `order-${amount.currency}`
        const { payment } = await paidIn(world, reference, amount, country)
        const part = money('49', amount.currency)
        await world.shop.payments.refund({ payment, reference: `refund-${amount.currency}`, amount: part })
        deepEqual(world.order(reference).refunds, [part])
      }
    },
  },
  {
    id: 'MON-007',
    says: 'pays out the exact amount',
    because: 'a payout that is wrong by a power of ten does not come back',
    applies: [declares('payout.toAccount')],
    run: async (world) => {
      for (const value of ['0.29', '19.99', '1234.56']) {
        const reference = `payout-${value.replace('.', '-')}`
        await world.payout(reference, value)
        deepEqual(world.order(reference).sent, world.money(value))
      }
    },
  },
  {
    id: 'MON-008',
    says: 'keeps the currency of a payment, whatever the customer’s country is',
    because: '100 of another currency is another amount',
    run: async (world) => {
      for (const [index, { currency }] of world.samples.currencies.entries()) {
        const country = world.samples.country
        const amount = money('10', currency)
        const reference = merchantReference({ reference: `order-${index}`, attempt: 1 })
        const { understood, credited } = await paidIn(world, reference, amount, country)
        equal(understood?.currency, currency)
        equal(credited.currency, currency)
      }
    },
  },
]

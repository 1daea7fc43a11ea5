import { equal, ok } from 'node:assert/strict'
import { type Behaviour, has } from '../behaviour.ts'
import { errorOf } from '../world/expectations.ts'

/** What a deposit needs, and where it is refused before it is sent. */
export const requirementBehaviours: readonly Behaviour[] = [
  {
    id: 'CALL-028',
    says: 'names the fields of a deposit that it needs, and accepts a deposit with them',
    because: 'a form that asks for these fields must be enough for every rail',
    applies: [has('requirements')],
    run: async (world) => {
      const { country, currency } = world.samples
      const { fields, refused } = world.provider.requirements?.('deposit', { country, currency }) ?? { fields: [] }
      equal(refused, undefined, `the samples are refused: ${refused}`)
      const known = ['reference', 'amount', 'customer', 'returnUrl', 'statement', 'providerOptions']
      for (const field of fields) ok(known.includes(field.split('.')[0] ?? ''), `${field} is not a field of a deposit`)
      for (const field of ['reference', 'amount']) ok(fields.includes(field), `${field} is missing`)
      await world.deposit()
    },
  },
  {
    id: 'CALL-029',
    says: 'refuses a market that it does not serve with a reason, in `requirements`',
    because: 'a shop must know before the checkout which rail can take the money',
    applies: [has('requirements')],
    run: async ({ provider }) => {
      const { refused } = provider.requirements?.('deposit', { country: 'JP', currency: 'JPY' }) ?? {}
      ok(refused !== undefined && /\s/.test(refused), 'a market that is not served must be refused with a sentence')
    },
  },
  {
    id: 'CALL-030',
    says: 'refuses a deposit in a currency that it does not serve before anything is sent',
    because: 'a vendor may execute an order that it does not understand',
    run: async (world) => {
      const amount = { value: '1000', currency: 'JPY' }
      const error = await errorOf(world.deposit('order-1', { amount }))
      ok(error.effect === 'not_sent' || error.effect === 'refused', `the effect is ${error.effect}`)
      equal(world.orders('order-1').length, 0)
    },
  },
]

import type { Vendor } from '../operator/operated-vendor.ts'
import { ControlProblem } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'
import { findPayment } from './find-payment.ts'

export const strangerEndpoints = (vendors: readonly Vendor[]): Endpoint[] => [
  {
    method: 'GET',
    path: '/strangers',
    does: 'the credentials of the other merchant at each vendor',
    answer: () =>
      Object.fromEntries(vendors.map(({ desk, strangers }) => [desk.id, strangers.stranger?.credentials()])),
  },
  {
    method: 'POST',
    path: '/payments/:vendor/:id/imitations',
    does: 'the same order by another merchant: {}; at payabl by another shop of the same one: {"by": "other shop"}',
    answer: ({ part, optionalText }) => {
      const vendor = vendorOf(vendors, part('vendor'))
      const { id } = findPayment(vendor, part('id'))
      const by = optionalText('by') ?? 'stranger'
      const stranger = Object.hasOwn(vendor.strangers, by) ? vendor.strangers[by] : undefined
      if (!stranger) throw new ControlProblem(400, `by is ${Object.keys(vendor.strangers).join(' or ')}.`)
      return findPayment(vendor, stranger.imitate(id))
    },
  },
]

import type { OperatedVendor } from '../operator/operator.ts'
import { ControlProblem } from './control-request.ts'
import { type Endpoint, findPayment, vendorOf } from './endpoint.ts'

export const strangerEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => [
  {
    method: 'GET',
    path: '/strangers',
    does: 'the credentials of the other merchant at each vendor',
    answer: () =>
      Object.fromEntries(vendors.map(({ view, strangers }) => [view.id, strangers.stranger?.credentials()])),
  },
  {
    method: 'POST',
    path: '/payments/:vendor/:id/imitations',
    does: 'places a copy of the order as another merchant: {}; at payabl as another shop of the same merchant: {"by": "other shop"}',
    answer: ({ part, optionalText }) => {
      const vendor = vendorOf(vendors, part('vendor'))
      const { id } = findPayment(vendor, part('id'))
      const by = optionalText('by') ?? 'stranger'
      const stranger = Object.hasOwn(vendor.strangers, by) ? vendor.strangers[by] : undefined
      if (!stranger) throw new ControlProblem(400, `by must be ${Object.keys(vendor.strangers).join(' or ')}.`)
      return findPayment(vendor, stranger.imitate(id))
    },
  },
]

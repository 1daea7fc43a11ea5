import type { OperatedVendor } from '../operator/operator.ts'
import { search } from '../operator/search.ts'
import { ControlProblem, type ControlRequest } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'
import { readSearch } from './search-fields.ts'

export const callbackEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => {
  const views = vendors.map(({ view }) => view)
  const named = ({ optionalText }: ControlRequest) => {
    const vendor = optionalText('vendor')
    return { chosen: vendor === undefined ? vendors : [vendorOf(vendors, vendor)], payment: optionalText('payment') }
  }
  return [
    {
      method: 'GET',
      path: '/callbacks',
      does: 'callbacks with their attempts and outcomes, newest first; ?q=, ?vendor=, ?state=, ?failed=1 and ?page= search',
      answer: ({ query }) => {
        const { rows, ...pages } = search(views, (view) => view.callbacks, readSearch(query))
        return { callbacks: rows.map(({ view, row }) => ({ vendor: view.id, ...row })), ...pages }
      },
    },
    {
      method: 'POST',
      path: '/callbacks/:vendor/:id/redeliver',
      does: 'sends the same bytes once more; responds with the callback when the reply was checked',
      answer: async ({ part }) => {
        const { view } = vendorOf(vendors, part('vendor'))
        if (!view.callback(part('id'))) throw new ControlProblem(404, `There is no callback ${part('id')}.`)
        await view.redeliver(part('id'))
        return view.callback(part('id'))
      },
    },
    {
      method: 'POST',
      path: '/hold',
      does: 'holds callbacks: {} all, {"vendor": "trustly"} one vendor’s, and with "payment" one payment’s',
      answer: (request) => {
        const { chosen, payment } = named(request)
        for (const vendor of chosen) vendor.hold(payment)
        return {}
      },
    },
    {
      method: 'POST',
      path: '/release',
      does: 'releases callbacks; same body as for /hold',
      answer: (request) => {
        const { chosen, payment } = named(request)
        for (const vendor of chosen) vendor.release(payment)
        return {}
      },
    },
  ]
}

import type { OperatedVendor } from '../operator/operator.ts'
import { ControlProblem, type ControlRequest } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'

export const callbackEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => {
  const all = () =>
    vendors.flatMap(({ view }) =>
      view
        .payments()
        .flatMap(({ id, deliveries }) => deliveries.map((sent) => ({ vendor: view.id, payment: id, ...sent }))),
    )
  const named = ({ optionalText }: ControlRequest) => {
    const vendor = optionalText('vendor')
    return { chosen: vendor === undefined ? vendors : [vendorOf(vendors, vendor)], payment: optionalText('payment') }
  }
  return [
    {
      method: 'GET',
      path: '/callbacks',
      does: 'every callback with its attempts and their verdicts',
      answer: () => ({ callbacks: all() }),
    },
    {
      method: 'POST',
      path: '/callbacks/:vendor/:id/redeliver',
      does: 'sends the same bytes once more; responds with the callback when the reply was checked',
      answer: async ({ part }) => {
        const sent = () => all().find(({ vendor, id }) => vendor === part('vendor') && id === part('id'))
        if (!sent()) throw new ControlProblem(404, `There is no callback ${part('id')}.`)
        await vendorOf(vendors, part('vendor')).view.redeliver(part('id'))
        return sent()
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

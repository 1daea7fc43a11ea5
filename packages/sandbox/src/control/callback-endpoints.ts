import type { Vendor } from '../operator/operated-vendor.ts'
import { type Asked, ControlProblem } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'

export const callbackEndpoints = (vendors: readonly Vendor[]): Endpoint[] => {
  const all = () =>
    vendors.flatMap(({ desk }) =>
      desk
        .payments()
        .flatMap(({ id, deliveries }) => deliveries.map((sent) => ({ vendor: desk.id, payment: id, ...sent }))),
    )
  const named = ({ optionalText }: Asked) => {
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
      does: 'sends a callback once more, the same bytes; answers with the callback when the reply was judged',
      answer: async ({ part }) => {
        const sent = () => all().find(({ vendor, id }) => vendor === part('vendor') && id === part('id'))
        if (!sent()) throw new ControlProblem(404, `There is no callback ${part('id')}.`)
        await vendorOf(vendors, part('vendor')).desk.redeliver(part('id'))
        return sent()
      },
    },
    {
      method: 'POST',
      path: '/hold',
      does: 'keeps callbacks back: {} all, {"vendor": "trustly"} one vendor’s, and with "payment" one payment’s',
      answer: (asked) => {
        const { chosen, payment } = named(asked)
        for (const vendor of chosen) vendor.hold(payment)
        return {}
      },
    },
    {
      method: 'POST',
      path: '/release',
      does: 'lets go what was held, named as for /hold',
      answer: (asked) => {
        const { chosen, payment } = named(asked)
        for (const vendor of chosen) vendor.release(payment)
        return {}
      },
    },
  ]
}

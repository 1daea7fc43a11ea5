import type { Clock } from '../clock.ts'
import { type Asked, ControlProblem } from './asked.ts'
import type { Vendor } from './vendor.ts'

/** One thing that the control API does. `path` is below the API's own; `:name` is a part that varies. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** For whoever asks what there is. */
  readonly does: string
  readonly answer: (asked: Asked) => unknown
}

type Setting = { readonly vendors: readonly Vendor[]; readonly clock: Clock }

/** Everything that an operator can do, for programs. */
export const createEndpoints = (setting: Setting): readonly Endpoint[] => [
  ...clockEndpoints(setting),
  ...paymentEndpoints(setting),
  ...callbackEndpoints(setting),
  ...accountEndpoints(setting),
]

const clockEndpoints = ({ clock }: Setting): Endpoint[] => {
  const read = () => ({ now: clock.now().toISOString() })
  return [
    { method: 'GET', path: '/clock', does: 'the time of both vendors', answer: read },
    {
      method: 'POST',
      path: '/clock',
      does: 'moves it forward: {"minutes": 31} or {"days": 15}; answers when all that fell due has happened',
      answer: async ({ optionalNumber }) => {
        const minutes = (optionalNumber('minutes') ?? 0) + (optionalNumber('days') ?? 0) * 24 * 60
        if (!(minutes > 0 && minutes <= longestMove))
          throw new ControlProblem(400, 'The clock moves forward, by up to ten years.')
        await clock.move(minutes * 60_000)
        return read()
      },
    },
  ]
}

const longestMove = 10 * 366 * 24 * 60

const paymentEndpoints = ({ vendors }: Setting): Endpoint[] => {
  const find = (vendor: Vendor, id: string) => {
    const payment = vendor.desk.payments().find((candidate) => candidate.id === id || candidate.names.includes(id))
    if (!payment) throw new ControlProblem(404, `There is no payment ${id}.`)
    return payment
  }
  return [
    {
      method: 'GET',
      path: '/payments',
      does: 'all payments with their callbacks and what can be done; ?reference= for one order’s',
      answer: ({ query }) => {
        const reference = query.get('reference')
        const all = vendors.flatMap(({ desk }) => desk.payments().map((payment) => ({ vendor: desk.id, ...payment })))
        return { payments: reference === null ? all : all.filter((payment) => payment.reference === reference) }
      },
    },
    {
      method: 'GET',
      path: '/payments/:vendor/:id',
      does: 'one payment, by any of its ids',
      answer: ({ part }) => find(vendorOf(vendors, part('vendor')), part('id')),
    },
    {
      method: 'POST',
      path: '/payments/:vendor/:id',
      does: 'does one of its `actions`: {"action": "credit", "amount": "103.00"}; answers with the payment',
      answer: async ({ part, text, optionalText }) => {
        const vendor = vendorOf(vendors, part('vendor'))
        const { id } = find(vendor, part('id'))
        await vendor.desk.act(id, text('action'), optionalText('amount'))
        return find(vendor, id)
      },
    },
    {
      method: 'GET',
      path: '/calls',
      does: 'every call of the merchants with its verdict',
      answer: () => ({
        calls: vendors.flatMap(({ desk }) => desk.requests().map((request) => ({ vendor: desk.id, ...request }))),
      }),
    },
  ]
}

const callbackEndpoints = ({ vendors }: Setting): Endpoint[] => {
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

const accountEndpoints = ({ vendors }: Setting): Endpoint[] => {
  const balances = () => ({
    balances: vendors.flatMap(({ desk }) => desk.balances().map((balance) => ({ vendor: desk.id, ...balance }))),
  })
  const switchesOf = ({ part, query }: Asked) =>
    vendorOf(vendors, part('vendor')).switches(query.get('merchant') ?? undefined)
  return [
    { method: 'GET', path: '/balances', does: 'what every merchant has, per currency', answer: balances },
    {
      method: 'POST',
      path: '/balances',
      does: 'sets one: {"vendor": "payabl", "merchant": "…", "currency": "EUR", "amount": "100.00"}',
      answer: ({ text }) => {
        vendorOf(vendors, text('vendor')).setBalance(text('merchant'), text('currency'), text('amount'))
        return balances()
      },
    },
    {
      method: 'GET',
      path: '/switches/:vendor',
      does: 'how the vendor decides what its documents leave open; ?merchant= where each has its own',
      answer: (asked) => switchesOf(asked).read(),
    },
    {
      method: 'POST',
      path: '/switches/:vendor',
      does: 'changes some, from now on: {"badSignatureStatus": -6000}',
      answer: (asked) => {
        const switches = switchesOf(asked)
        switches.set(asked.body)
        return switches.read()
      },
    },
  ]
}

const vendorOf = (vendors: readonly Vendor[], id: string): Vendor => {
  const vendor = vendors.find(({ desk }) => desk.id === id)
  if (!vendor) throw new ControlProblem(404, `There is no vendor ${id}.`)
  return vendor
}

import type { OperatedVendor } from '../operator/operator.ts'
import { type Endpoint, findPayment, vendorOf } from './endpoint.ts'

export const paymentEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => {
  return [
    {
      method: 'GET',
      path: '/payments',
      does: 'all payments with their callbacks and actions; ?reference= filters by the shop’s reference',
      answer: ({ query }) => {
        const reference = query.get('reference')
        const all = vendors.flatMap(({ view }) => view.payments().map((payment) => ({ vendor: view.id, ...payment })))
        return { payments: reference === null ? all : all.filter((payment) => payment.reference === reference) }
      },
    },
    {
      method: 'GET',
      path: '/payments/:vendor/:id',
      does: 'one payment, by any of its ids',
      answer: ({ part }) => findPayment(vendorOf(vendors, part('vendor')), part('id')),
    },
    {
      method: 'POST',
      path: '/payments/:vendor/:id',
      does: 'performs one of its `actions`: {"action": "credit", "amount": "103.00"}; responds with the payment when its callbacks had their first attempts',
      answer: async ({ part, text, optionalText }) => {
        const vendor = vendorOf(vendors, part('vendor'))
        const { id } = findPayment(vendor, part('id'))
        await vendor.view.act(id, text('action'), optionalText('amount'))
        await vendor.attempted(id)
        return findPayment(vendor, id)
      },
    },
    {
      method: 'POST',
      path: '/payments/:vendor/:id/callbacks',
      does: 'sends a callback and changes nothing else: {"method": "credit", "fields": {"amount": "1.00"}, "without": ["currency"]}',
      answer: async ({ part, optionalText, record, list }) => {
        const vendor = vendorOf(vendors, part('vendor'))
        const { id } = findPayment(vendor, part('id'))
        const without = Object.fromEntries(list('without').map((name) => [name, undefined]))
        const sent = vendor.notify(id, {
          method: optionalText('method') ?? 'credit',
          fields: { ...record('fields'), ...without },
        })
        await vendor.attempted(id)
        return findPayment(vendor, id).deliveries.find((delivery) => delivery.id === sent)
      },
    },
    {
      method: 'GET',
      path: '/calls',
      does: 'every call of the merchants with its result',
      answer: () => ({
        calls: vendors.flatMap(({ view }) => view.requests().map((request) => ({ vendor: view.id, ...request }))),
      }),
    },
  ]
}

import type { Vendor } from '../operator/operated-vendor.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'
import { findPayment } from './find-payment.ts'

export const paymentEndpoints = (vendors: readonly Vendor[]): Endpoint[] => {
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
      answer: ({ part }) => findPayment(vendorOf(vendors, part('vendor')), part('id')),
    },
    {
      method: 'POST',
      path: '/payments/:vendor/:id',
      does: 'does one of its `actions`: {"action": "credit", "amount": "103.00"}; answers with the payment when the merchant was told',
      answer: async ({ part, text, optionalText }) => {
        const vendor = vendorOf(vendors, part('vendor'))
        const { id } = findPayment(vendor, part('id'))
        await vendor.desk.act(id, text('action'), optionalText('amount'))
        await vendor.told(id)
        return findPayment(vendor, id)
      },
    },
    {
      method: 'POST',
      path: '/payments/:vendor/:id/callbacks',
      does: 'only tells, whatever the books say: {"method": "credit", "fields": {"amount": "1.00"}, "without": ["currency"]}',
      answer: async ({ part, optionalText, record, list }) => {
        const vendor = vendorOf(vendors, part('vendor'))
        const { id } = findPayment(vendor, part('id'))
        const without = Object.fromEntries(list('without').map((name) => [name, undefined]))
        const sent = vendor.notify(id, {
          method: optionalText('method') ?? 'credit',
          fields: { ...record('fields'), ...without },
        })
        await vendor.told(id)
        return findPayment(vendor, id).deliveries.find((delivery) => delivery.id === sent)
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

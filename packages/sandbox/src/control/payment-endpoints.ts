import type { OperatedVendor } from '../operator/operator.ts'
import type { PaymentRow } from '../operator/operator-view.ts'
import { type Found, search } from '../operator/search.ts'
import { type Endpoint, findPayment, vendorOf } from './endpoint.ts'
import { readSearch } from './search-fields.ts'

export const paymentEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => {
  const views = vendors.map(({ view }) => view)
  const payments = ({ rows, ...pages }: Found<PaymentRow>) => ({
    payments: rows.map(({ view, row }) => ({ vendor: view.id, ...view.payment(row.id) })),
    ...pages,
  })
  return [
    {
      method: 'GET',
      path: '/payments',
      does: 'payments with their callbacks and actions, newest first; ?reference= gives those with the shop’s reference; ?q=, ?vendor=, ?kind=, ?state=, ?failed=1 and ?page= search',
      answer: ({ query }) => {
        const reference = query.get('reference')
        if (reference === null) return payments(search(views, (view) => view.payments, readSearch(query)))
        const named = vendors.flatMap(({ view }) =>
          view.paymentsOf(reference).map((payment) => ({ vendor: view.id, ...payment })),
        )
        return { payments: named, total: named.length }
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
      does: 'calls of the merchants with their results, newest first; searched like payments',
      answer: ({ query }) => {
        const { rows, ...pages } = search(views, (view) => view.calls, readSearch(query))
        return { calls: rows.map(({ view, row }) => ({ vendor: view.id, ...row })), ...pages }
      },
    },
  ]
}

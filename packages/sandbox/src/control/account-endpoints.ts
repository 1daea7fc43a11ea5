import type { OperatedVendor } from '../operator/operator.ts'
import { ControlProblem, type ControlRequest } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'

export const accountEndpoints = (vendors: readonly OperatedVendor[]): Endpoint[] => {
  const balances = () => ({
    balances: vendors.flatMap(({ view }) => view.balances().map((balance) => ({ vendor: view.id, ...balance }))),
  })
  const switchesOf = ({ part, query }: ControlRequest) =>
    vendorOf(vendors, part('vendor')).switches(query.get('merchant') ?? undefined)
  return [
    { method: 'GET', path: '/balances', does: 'the balance of every merchant, per currency', answer: balances },
    {
      method: 'POST',
      path: '/balances',
      does: 'sets a balance: {"vendor": "payabl", "merchant": "…", "currency": "EUR", "amount": "100.00"}',
      answer: ({ text }) => {
        const currency = text('currency')
        if (!/^[A-Z]{3}$/.test(currency)) throw new ControlProblem(400, 'currency is not three letters, such as EUR.')
        vendorOf(vendors, text('vendor')).setBalance(text('merchant'), currency, text('amount'))
        return balances()
      },
    },
    {
      method: 'GET',
      path: '/switches/:vendor',
      does: 'the vendor’s settings where its documents leave a question open; ?merchant= where each merchant has its own',
      answer: (request) => switchesOf(request).read(),
    },
    {
      method: 'POST',
      path: '/switches/:vendor',
      does: 'changes some of them from now on: {"badSignatureStatus": -6000}',
      answer: (request) => {
        const switches = switchesOf(request)
        switches.set(request.body)
        return switches.read()
      },
    },
  ]
}

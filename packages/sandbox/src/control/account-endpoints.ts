import type { Vendor } from '../operator/operated-vendor.ts'
import { type Asked, ControlProblem } from './control-request.ts'
import { type Endpoint, vendorOf } from './endpoint.ts'

export const accountEndpoints = (vendors: readonly Vendor[]): Endpoint[] => {
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
        const currency = text('currency')
        if (!/^[A-Z]{3}$/.test(currency)) throw new ControlProblem(400, 'currency is not three letters, such as EUR.')
        vendorOf(vendors, text('vendor')).setBalance(text('merchant'), currency, text('amount'))
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

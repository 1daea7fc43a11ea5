import type { OperatorView, PaymentRow } from '../operator/operator-view.ts'
import { type Query, search } from '../operator/search.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { filters, pager } from './filters.ts'
import type { Content } from './layout.ts'
import { badge, live, moment, table } from './parts.ts'
import { listPaths, paymentPath } from './paths.ts'

/** The payments of all vendors, newest first. */
export const paymentsPage = (views: readonly OperatorView[], query: Query): Content => {
  const found = search(views, (view) => view.payments, query)
  const path = listPaths.payments
  return {
    title: 'Payments',
    tab: 'payments',
    content: html`<h1>Payments</h1>
${filters({
  path,
  query,
  hint: 'Reference, id, amount or name',
  choices: [
    railChoice(views, query),
    { name: 'kind', label: 'Kind', value: query.kind, options: named(views.flatMap(({ kinds }) => kinds)) },
    { name: 'state', label: 'State', value: query.state, options: named(views.flatMap(({ states }) => states)) },
  ],
  failed: 'With a failed callback',
})}
${live(
  'payments',
  html`${pager(path, query, found, 'above')}${table({
    label: 'Payments',
    head: ['Reference', 'Rail', 'Kind', 'Amount', 'State', 'Customer', 'Started'],
    rows: found.rows.map(({ view, row }) => cells(view, row)),
    empty: views.some(({ payments }) => payments.length > 0)
      ? 'No payment matches.'
      : 'None yet. Start one in your shop: the addresses and the merchants are in the settings.',
  })}
${pager(path, query, found, 'below')}`,
)}`,
  }
}

const cells = (view: OperatorView, row: PaymentRow): Html[] => [
  html`<a href="${paymentPath(view.id, row.id)}">${row.reference === '' ? row.id : row.reference}</a>`,
  html`${view.name}`,
  html`${row.kind}`,
  html`${row.amount}`,
  html`${badge(row.state, row.tone)}${row.hasFailedDelivery ? html` ${badge('callback failed', 'bad')}` : nothing}${row.since === '' ? nothing : html` <small>${row.since}</small>`}`,
  html`${row.customer}`,
  moment(row.at),
]

/** The choice of a vendor in a list's search. */
export const railChoice = (views: readonly OperatorView[], { vendor }: Query) => ({
  name: 'rail',
  label: 'Rail',
  value: vendor,
  options: views.map(({ id, name }) => [id, name] as const),
})

export const named = (values: readonly string[]) => [...new Set(values)].map((value) => [value, value] as const)

import type { CallRow, OperatorView } from '../operator/operator-view.ts'
import { type Query, search } from '../operator/search.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { filters, pager } from './filters.ts'
import type { Content } from './layout.ts'
import { badge, live, moment, paymentLink, table } from './parts.ts'
import { callPath, listPaths } from './paths.ts'
import { railChoice } from './payments-page.ts'

/** The calls of the shops to all vendors, newest first. */
export const callsPage = (views: readonly OperatorView[], query: Query): Content => {
  const found = search(views, (view) => view.calls, query)
  const path = listPaths.calls
  return {
    title: 'API calls',
    tab: 'calls',
    content: html`<h1>API calls by the shops</h1>
${filters({
  path,
  query,
  hint: 'Method, reference, id or error',
  choices: [railChoice(views, query)],
  failed: 'Refused only',
})}
${live(
  'calls',
  html`${pager(path, query, found, 'above')}${table({
    label: 'API calls',
    head: ['Call', 'Payment', 'Rail', 'Result', 'Reason', 'At'],
    rows: found.rows.map(({ view, row }) => cells(view, row)),
    empty: 'No call matches.',
  })}
${pager(path, query, found, 'below')}`,
)}`,
  }
}

const cells = (view: OperatorView, row: CallRow): Html[] => [
  html`<a href="${callPath(view.id, row.id)}">${row.what}</a>`,
  paymentLink(view, row.payment),
  html`${view.name}`,
  callResult(row),
  html`${row.hint ?? ''}`,
  moment(row.at),
]

export const callResult = ({ outcome, tone, answerDropped }: CallRow): Html =>
  html`${badge(outcome, tone)}${answerDropped ? html` ${badge('response dropped', 'open')}` : nothing}`

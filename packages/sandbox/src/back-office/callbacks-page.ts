import { deliveryStates } from '../operator/delivery-view.ts'
import type { DeliveryView, OperatorView } from '../operator/operator-view.ts'
import { type Query, search } from '../operator/search.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { deliveryLabels, deliveryState, outcomeOf } from './delivery-outcome.ts'
import { filters, pager } from './filters.ts'
import type { Content } from './layout.ts'
import { live, moment, paymentLink, table } from './parts.ts'
import { callbackPath, listPaths } from './paths.ts'
import { railChoice } from './payments-page.ts'

/** The callbacks of all vendors, newest first. */
export const callbacksPage = (views: readonly OperatorView[], query: Query, controls: Controls): Content => {
  const found = search(views, (view) => view.callbacks, query)
  const path = listPaths.callbacks
  return {
    title: 'Callbacks',
    tab: 'callbacks',
    content: html`<h1>Callbacks to the shops</h1>
${filters({
  path,
  query,
  hint: 'Method, reference or id',
  choices: [
    railChoice(views, query),
    {
      name: 'state',
      label: 'State',
      value: query.state,
      options: deliveryStates.map((state) => [state, deliveryLabels[state]]),
    },
  ],
})}
${live(
  'callbacks',
  html`${pager(path, query, found, 'above')}${table({
    label: 'Callbacks',
    head: ['Callback', 'Payment', 'Rail', 'State', 'Attempts', 'Last reply', 'Sent', ''],
    rows: found.rows.map(({ view, row }) => cells(view, row, controls)),
    empty: 'No callback matches.',
  })}
${pager(path, query, found, 'below')}`,
)}
<div class="row">${controls({ label: 'Hold all callbacks', fields: { do: 'hold-all' } })}
<span class="soft">Held callbacks wait until they are released.</span></div>`,
  }
}

const cells = (view: OperatorView, row: DeliveryView, controls: Controls): Html[] => [
  html`<a href="${callbackPath(view.id, row.id)}">${row.what}</a>`,
  paymentLink(view, row.payment),
  html`${view.name}`,
  deliveryState(row),
  html`${String(row.attempts.length)}`,
  html`${outcomeOf(row.attempts.at(-1))}`,
  moment(row.at),
  resend(view, row, controls),
]

/** A button that sends a callback once more, or releases it. */
export const resend = (view: OperatorView, { id, what, state }: DeliveryView, controls: Controls): Html =>
  controls({
    label: state === 'held' ? 'Release' : 'Send again',
    about: what,
    fields: { do: 'redeliver', vendor: view.id, notification: id },
  })

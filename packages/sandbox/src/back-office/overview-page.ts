import type { OperatorView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { backOfficePage } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { merchantsPart } from './merchants-part.ts'
import { livePart } from './parts.ts'
import { deliveriesOf, deliveryTable, newest, paymentTable, requestTable, shownAtMost } from './tables.ts'

interface Overview {
  readonly views: readonly OperatorView[]
  readonly clock: Html
  readonly chaos: Html
  readonly controls: Controls
  readonly problem: string | undefined
}

/** The first page: clock, balances, payments, deliveries, requests. */
export const overviewPage = ({ views: live, clock, chaos, controls, problem }: Overview): HttpResponse => {
  const views = live.map(withFixedPayments)
  const payments = newest(views, (view) => view.payments())
  return backOfficePage({
    title: 'All payments',
    status: problem === undefined ? 200 : 422,
    content: html`<h1>All payments</h1>
${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
<div class="beside">
${clock}
${merchantsPart(views, controls)}
</div>
${chaos}
${livePart({ id: 'payments', title: 'Payments', content: html`${paymentTable(payments)}${cut(payments)}` })}
${livePart({ id: 'deliveries', title: 'Callbacks to the shops', content: html`${deliveryTable(newest(views, deliveriesOf), controls)}${holding(controls)}` })}
${livePart({ id: 'requests', title: 'Calls by the shops', content: requestTable(newest(views, (view) => view.requests())) })}`,
  })
}

/** Reads the payments once for all tables. */
const withFixedPayments = (view: OperatorView): OperatorView => {
  const payments = view.payments()
  return { ...view, payments: () => payments }
}

const holding = (controls: Controls): Html =>
  html`<div class="row apart">${controls({ label: 'Hold all callbacks', fields: { do: 'hold-all' } })}
${controls({ label: 'Release all', fields: { do: 'release-all' } })}</div>`

const cut = (entries: readonly unknown[]): Html =>
  entries.length < shownAtMost ? nothing : html`<p class="soft">Only the newest ${String(shownAtMost)} are shown.</p>`

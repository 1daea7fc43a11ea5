import type { Desk } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpAnswer } from '../platform/http-server.ts'
import { backOfficePage } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { merchantsPart } from './merchants-part.ts'
import { livePart } from './parts.ts'
import { deliveryTable, newest, newsOf, paymentTable, requestTable, shownAtMost } from './tables.ts'

type Overview = {
  readonly desks: readonly Desk[]
  readonly clock: Html
  readonly chaos: Html
  readonly controls: Controls
  readonly problem: string | undefined
}

/** Everything at a glance: clock, balances, payments, deliveries, requests. */
export const overviewPage = ({ desks: live, clock, chaos, controls, problem }: Overview): HttpAnswer => {
  const desks = live.map(atOneMoment)
  const payments = newest(desks, (desk) => desk.payments())
  return backOfficePage({
    title: 'All payments',
    status: problem === undefined ? 200 : 422,
    content: html`<h1>All payments</h1>
${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
<div class="beside">
${clock}
${merchantsPart(desks, controls)}
</div>
${chaos}
${livePart({ id: 'payments', title: 'Payments', content: html`${paymentTable(payments)}${cut(payments)}` })}
${livePart({ id: 'deliveries', title: 'Callbacks to the shops', content: html`${deliveryTable(newest(desks, newsOf), controls)}${holding(controls)}` })}
${livePart({ id: 'requests', title: 'Calls by the shops', content: requestTable(newest(desks, (desk) => desk.requests())) })}`,
  })
}

/** Reads the books once for all the tables. */
const atOneMoment = (desk: Desk): Desk => {
  const payments = desk.payments()
  return { ...desk, payments: () => payments }
}

const holding = (controls: Controls): Html =>
  html`<div class="row apart">${controls({ label: 'Hold all callbacks', fields: { do: 'hold-all' } })}
${controls({ label: 'Release all', fields: { do: 'release-all' } })}</div>`

const cut = (entries: readonly unknown[]): Html =>
  entries.length < shownAtMost ? nothing : html`<p class="soft">Only the newest ${String(shownAtMost)} are shown.</p>`

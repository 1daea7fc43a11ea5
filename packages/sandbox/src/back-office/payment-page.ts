import type { DeliveryView, OperatorView, PaymentView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { backOfficePage } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { badge, livePart, moment } from './parts.ts'
import { resend } from './tables.ts'
import { type Moment, timelineOf } from './timeline.ts'

interface Shown {
  readonly view: OperatorView
  readonly payment: PaymentView
  readonly clock: Html
  readonly controls: Controls
  readonly problem: string | undefined
}

/** One payment: its facts, its actions, and its timeline. */
export const paymentPage = ({ view, payment, clock, controls, problem }: Shown): HttpResponse => {
  const moments = timelineOf(payment, view.requests())
  return backOfficePage({
    title: `Payment ${payment.reference}`,
    status: problem === undefined ? 200 : 422,
    content: html`<h1>Payment ${payment.reference === '' ? payment.id : payment.reference}</h1>
${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
<div class="beside">
${livePart({ id: 'facts', title: 'Details', content: facts(view, payment) })}
<div>${livePart({ id: 'actions', title: 'Actions', content: html`${actions(view, payment, controls)}${holding(view, payment, controls)}` })}
${clock}</div>
</div>
${livePart({ id: 'timeline', title: 'Timeline', content: timeline(moments, (delivery) => resend(view, delivery, controls)) })}`,
  })
}

const facts = (
  view: OperatorView,
  { id, at, kind, amount, state, tone, merchant, facts, checkoutUrl }: PaymentView,
): Html =>
  html`<dl><dt>Vendor</dt><dd>${view.name}, ${kind} ${id}</dd>
<dt>State</dt><dd>${badge(state, tone)}</dd>
<dt>Amount</dt><dd>${amount}</dd>
<dt>Merchant</dt><dd>${merchant}</dd>
<dt>Started</dt><dd>${moment(at)}</dd>
${facts.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}
${checkoutUrl === null ? nothing : html`<dt>Checkout</dt><dd><a href="${checkoutUrl}">the customer’s page</a></dd>`}</dl>`

const holding = (view: OperatorView, { id }: PaymentView, controls: Controls): Html => {
  const fields = { vendor: view.id, payment: id }
  return html`<div class="row apart">${controls({ label: 'Hold its callbacks', fields: { do: 'hold', ...fields } })}
${controls({ label: 'Release its callbacks', fields: { do: 'release', ...fields } })}</div>`
}

const actions = (view: OperatorView, payment: PaymentView, controls: Controls): Html => {
  if (payment.actions.length === 0) return html`<p class="soft">There are no further actions.</p>`
  return html`${payment.actions.map(({ id, label, amount }) =>
    controls({
      label,
      fields: { do: 'act', vendor: view.id, payment: payment.id, action: id },
      content: amount
        ? html`<span><label for="amount-${id}">Amount<span class="unseen"> for ${label}</span></label>
<input type="text" id="amount-${id}" name="amount" placeholder="${amount.hint}" inputmode="decimal" autocomplete="off"${amount.required ? html` required` : nothing}></span>`
        : nothing,
    }),
  )}`
}

const timeline = (
  moments: readonly Moment[],
  again: (delivery: DeliveryView) => Html,
): Html => html`<ol class="timeline">
${moments.map(
  ({ at, what, detail, tone, text, delivery }, index) => html`<li class="is-${tone}">
<p><strong>${what}</strong> ${moment(at)}</p>
${detail ? html`<p class="soft">${detail}</p>` : nothing}
${text === undefined ? nothing : html`<details id="moment-${String(index)}"><summary>Full text</summary><pre>${text}</pre></details>`}
${delivery ? again(delivery) : nothing}</li>`,
)}</ol>`

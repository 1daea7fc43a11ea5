import type { Desk, DeskDelivery, DeskPayment } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpAnswer } from '../platform/http-server.ts'
import { backOfficePage } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { badge, livePart, moment } from './parts.ts'
import { resend } from './tables.ts'
import { type Moment, timelineOf } from './timeline.ts'

type Shown = {
  readonly desk: Desk
  readonly payment: DeskPayment
  readonly clock: Html
  readonly controls: Controls
  readonly problem: string | undefined
}

/** One payment: what it is, what can be made to happen, and what happened. */
export const paymentPage = ({ desk, payment, clock, controls, problem }: Shown): HttpAnswer => {
  const moments = timelineOf(payment, desk.requests())
  return backOfficePage({
    title: `Payment ${payment.reference}`,
    status: problem === undefined ? 200 : 422,
    content: html`<h1>Payment ${payment.reference === '' ? payment.id : payment.reference}</h1>
${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
<div class="beside">
${livePart({ id: 'facts', title: 'What it is', content: facts(desk, payment) })}
<div>${livePart({ id: 'actions', title: 'What happens next', content: html`${actions(desk, payment, controls)}${holding(desk, payment, controls)}` })}
${clock}</div>
</div>
${livePart({ id: 'timeline', title: 'What happened', content: timeline(moments, (delivery) => resend(desk, delivery, controls)) })}`,
  })
}

const facts = (desk: Desk, { id, at, kind, amount, state, tone, merchant, facts, checkoutUrl }: DeskPayment): Html =>
  html`<dl><dt>Vendor</dt><dd>${desk.name}, ${kind} ${id}</dd>
<dt>State</dt><dd>${badge(state, tone)}</dd>
<dt>Amount</dt><dd>${amount}</dd>
<dt>Merchant</dt><dd>${merchant}</dd>
<dt>Begun</dt><dd>${moment(at)}</dd>
${facts.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}
${checkoutUrl === null ? nothing : html`<dt>Checkout</dt><dd><a href="${checkoutUrl}">the customer’s page</a></dd>`}</dl>`

const holding = (desk: Desk, { id }: DeskPayment, controls: Controls): Html => {
  const fields = { vendor: desk.id, payment: id }
  return html`<div class="row apart">${controls({ label: 'Hold its callbacks', fields: { do: 'hold', ...fields } })}
${controls({ label: 'Release them', fields: { do: 'release', ...fields } })}</div>`
}

const actions = (desk: Desk, payment: DeskPayment, controls: Controls): Html => {
  if (payment.actions.length === 0) return html`<p class="soft">Nothing more can happen to it.</p>`
  return html`${payment.actions.map(({ id, label, amount }) =>
    controls({
      label,
      fields: { do: 'act', vendor: desk.id, payment: payment.id, action: id },
      content: amount
        ? html`<span><label for="amount-${id}">Amount<span class="unseen"> for ${label}</span></label>
<input type="text" id="amount-${id}" name="amount" placeholder="${amount.hint}" inputmode="decimal" autocomplete="off"${amount.required ? html` required` : nothing}></span>`
        : nothing,
    }),
  )}`
}

const timeline = (
  moments: readonly Moment[],
  again: (delivery: DeskDelivery) => Html,
): Html => html`<ol class="timeline">
${moments.map(
  ({ at, what, detail, tone, text, delivery }, index) => html`<li class="is-${tone}">
<p><strong>${what}</strong> ${moment(at)}</p>
${detail ? html`<p class="soft">${detail}</p>` : nothing}
${text === undefined ? nothing : html`<details id="moment-${String(index)}"><summary>Word for word</summary><pre>${text}</pre></details>`}
${delivery ? again(delivery) : nothing}</li>`,
)}</ol>`

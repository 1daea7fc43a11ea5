import type { OperatedVendor } from '../operator/operator.ts'
import type { OperatorView, PaymentView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import type { Content } from './layout.ts'
import { messagesOf } from './lifeline.ts'
import { moneyBar } from './money-bar.ts'
import { badge, live, livePart, moment } from './parts.ts'
import { swimlanes } from './swimlanes.ts'

/** One payment: its facts, its money, the possible actions, and its messages. */
export const paymentPage = (vendor: OperatedVendor, payment: PaymentView, controls: Controls): Content => {
  const { view } = vendor
  const title = titleOf(payment)
  return {
    title,
    tab: 'payments',
    content: html`<h1>${title}</h1>
${live('state', html`<p class="big">${payment.amount} ${badge(payment.state, payment.tone)}</p>${payment.money ? moneyBar(payment.money) : nothing}`)}
<div class="beside">
${livePart({ id: 'facts', title: 'Details', content: facts(view, payment) })}
${livePart({ id: 'actions', title: 'Actions', content: html`${actions(view, payment, controls)}${holding(vendor, payment, controls)}` })}
</div>
${livePart({ id: 'messages', title: 'Messages', content: swimlanes(view, messagesOf(view, payment), controls) })}`,
  }
}

/** An order without money has the name of its kind. */
const titleOf = ({ id, reference, amount, kind }: PaymentView): string => {
  const what = amount === '' ? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}` : 'Payment'
  return `${what} ${reference === '' ? id : reference}`
}

const facts = (view: OperatorView, { id, at, kind, merchant, facts, checkoutUrl }: PaymentView): Html =>
  html`<dl><dt>Rail</dt><dd>${view.name}, ${kind} ${id}</dd>
<dt>Merchant</dt><dd>${merchant}</dd>
<dt>Started</dt><dd>${moment(at)}</dd>
${facts.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}
${checkoutUrl === null ? nothing : html`<dt>Checkout</dt><dd><a href="${checkoutUrl}">Open the customer’s page</a></dd>`}</dl>`

const holding = ({ view, held }: OperatedVendor, { id }: PaymentView, controls: Controls): Html => {
  const fields = { vendor: view.id, payment: id }
  const isHeld = held(id).all || held(id).waiting > 0
  return html`<div class="row apart">${
    isHeld
      ? controls({ label: 'Release its callbacks', fields: { do: 'release', ...fields } })
      : controls({ label: 'Hold its callbacks', fields: { do: 'hold', ...fields } })
  }</div>`
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

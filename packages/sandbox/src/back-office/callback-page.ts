import type { AttemptView, DeliveryView, OperatorView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { asCurl } from './as-curl.ts'
import { resend } from './callbacks-page.ts'
import type { Controls } from './controls.ts'
import { deliveryState, outcomeOf } from './delivery-outcome.ts'
import { describeMs } from './duration.ts'
import type { Content } from './layout.ts'
import { messageBody } from './message-body.ts'
import { badge, live, livePart, moment, paymentLink, section } from './parts.ts'

/** One callback: what was sent, and each attempt with the shop's reply and the outcome on it. */
export const callbackPage = (view: OperatorView, callback: DeliveryView, controls: Controls): Content => ({
  title: `${callback.what} from ${view.name}`,
  tab: 'callbacks',
  content: html`<h1>${callback.what} from ${view.name}</h1>
${live('summary', summary(view, callback, controls))}
<div class="columns">
${section({ id: 'request', title: 'Request', content: request(callback) })}
${livePart({ id: 'attempts', title: 'Attempts', content: attempts(callback) })}
</div>`,
})

const summary = (view: OperatorView, callback: DeliveryView, controls: Controls): Html => html`<dl class="facts">
<div><dt>State</dt><dd>${deliveryState(callback)}</dd></div>
<div><dt>Payment</dt><dd>${paymentLink(view, callback.payment)}</dd></div>
<div><dt>Sent</dt><dd>${moment(callback.at)}</dd></div>
<div><dt>Last reply</dt><dd>${outcomeOf(callback.attempts.at(-1))}</dd></div></dl>
<div class="row">${resend(view, callback, controls)}</div>`

const request = (
  callback: DeliveryView,
): Html => html`<p class="soft">POST ${callback.url || 'to no address'}<br>${callback.contentType}</p>
${messageBody('request', callback.body)}
<details id="curl-details"><summary>As cURL</summary><pre id="curl" tabindex="0">${asCurl(callback)}</pre>
<button type="button" class="button plain" data-copy="curl">Copy</button></details>`

const attempts = ({ attempts }: DeliveryView): Html =>
  attempts.length === 0
    ? html`<p class="soft">None yet</p>`
    : html`<ol class="attempts">${attempts.map((attempt, index) => html`<li>${attemptPart(attempt, index)}</li>`)}</ol>`

const attemptPart = (attempt: AttemptView, index: number): Html => {
  const { at, tookMs, outcome, reply } = attempt
  return html`<p>${outcome === 'accepted' ? badge('accepted', 'good') : badge('failed', 'bad')} ${moment(at)}
${tookMs === undefined ? nothing : html`<span class="soft">took ${describeMs(tookMs)}</span>`}</p>
<p>${outcomeOf(attempt)}</p>
${reply && reply.body !== '' ? messageBody(`reply-${index}`, reply.body) : nothing}`
}

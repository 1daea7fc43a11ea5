import type { CallView, OperatorView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { callResult } from './calls-page.ts'
import type { Content } from './layout.ts'
import { messageBody } from './message-body.ts'
import { live, livePart, moment, paymentLink, section } from './parts.ts'
import { signedText } from './signed-text.ts'

/** One call: its result and the reason, the text that is signed, the request and the response. */
export const callPage = (view: OperatorView, call: CallView): Content => ({
  title: `${call.what} at ${view.name}`,
  tab: 'calls',
  content: html`<h1>${call.what} at ${view.name}</h1>
${live('summary', summary(view, call))}
${call.signed ? section({ id: 'signed', title: 'Signed text', content: signedText(call.signed) }) : nothing}
<div class="columns">
${section({ id: 'request', title: 'Request', content: html`<p class="soft">POST ${call.path}</p>${messageBody('request', call.body)}` })}
${livePart({ id: 'response', title: 'Response', content: response(call) })}
</div>`,
})

const summary = (view: OperatorView, call: CallView): Html => html`<dl class="facts">
<div><dt>Result</dt><dd>${callResult(call)}</dd></div>
${call.hint === undefined ? nothing : html`<div class="wide"><dt>Reason, which the vendor does not give</dt><dd>${call.hint}</dd></div>`}
<div><dt>Payment</dt><dd>${paymentLink(view, call.payment)}</dd></div>
<div><dt>Received</dt><dd>${moment(call.at)}</dd></div></dl>`

const response = ({ response: sent, answerDropped }: CallView): Html => {
  if (answerDropped) return html`<p>The connection was closed without a response.</p>`
  if (!sent) return html`<p class="soft">None yet</p>`
  return html`<p class="soft">HTTP ${String(sent.status)}${sent.contentType === '' ? nothing : html`, ${sent.contentType}`}</p>
${messageBody('response', sent.body)}`
}

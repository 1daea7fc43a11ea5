import type { OperatorView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { resend } from './callbacks-page.ts'
import type { Controls } from './controls.ts'
import type { Lane, Message } from './lifeline.ts'
import { moment } from './parts.ts'

const lanes: readonly Lane[] = ['customer', 'shop', 'vendor']

/** The messages of a payment between three lanes, time downwards. */
export const swimlanes = (view: OperatorView, messages: readonly Message[], controls: Controls): Html => {
  const names: Record<Lane, string> = { customer: 'Customer', shop: 'Shop', vendor: view.name }
  if (messages.length === 0) return html`<p class="soft">No messages yet.</p>`
  return html`<div class="lanes"><div class="lane-names" aria-hidden="true"><span></span>${lanes.map((lane) => html`<span>${names[lane]}</span>`)}</div>
<ol>${messages.map(
    (message) => html`<li class="${laneClass(message)} is-${message.tone}">${moment(message.at)}
<div class="arrow"><p><span class="unseen">${names[message.from]} to ${names[message.to]}: </span>${label(message)}</p>
<span class="line" aria-hidden="true"></span>
${message.detail === '' ? nothing : html`<p class="detail">${message.detail}</p>`}
${message.delivery ? resend(view, message.delivery, controls) : nothing}</div></li>\n`,
  )}</ol></div>`
}

const label = ({ what, href }: Message): Html =>
  href === undefined ? html`${what}` : html`<a href="${href}">${what}</a>`

const laneClass = ({ from, to }: Message): string => {
  const [start, end] = [lanes.indexOf(from), lanes.indexOf(to)]
  return `from-${Math.min(start, end)} to-${Math.max(start, end)} ${start < end ? 'rightwards' : 'leftwards'}`
}

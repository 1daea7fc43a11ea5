import type { DeliveryView, OperatorView, PaymentView, RequestView, Tone } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { backOfficePath } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { badge, moment, table } from './parts.ts'

type From<Entry> = { readonly view: OperatorView; readonly entry: Entry }

/** The newest entries of all views, newest first. */
export const newest = <Entry extends { readonly at: string }>(
  views: readonly OperatorView[],
  read: (view: OperatorView) => readonly Entry[],
): From<Entry>[] => {
  const all = views.flatMap((view) => read(view).map((entry) => ({ view, entry })))
  return all.reverse().sort(byAge).slice(0, shownAtMost)
}

const byAge = <Entry extends { readonly at: string }>(one: From<Entry>, other: From<Entry>): number =>
  one.entry.at > other.entry.at ? -1 : Number(one.entry.at < other.entry.at)

export const shownAtMost = 50

export const paymentPath = (view: OperatorView, { id }: Pick<PaymentView, 'id'>): string =>
  `${backOfficePath}/payments/${view.id}/${id}`

export const paymentTable = (payments: ReadonlyArray<From<PaymentView>>): Html =>
  table({
    id: 'payments',
    head: ['Payment', 'Vendor', 'Kind', 'Amount', 'State', 'Returned', 'Merchant', 'Started'],
    empty: 'None yet. Start one in your shop.',
    rows: payments.map(
      ({ view, entry }) => html`<tr>
<td class="name"><a href="${paymentPath(view, entry)}">${entry.reference === '' ? entry.id : entry.reference}</a></td>
<td>${view.name}</td><td>${entry.kind}</td><td class="number">${entry.amount}</td>
<td>${badge(entry.state, entry.tone)}</td><td>${entry.since}</td><td>${entry.merchant}</td><td>${moment(entry.at)}</td></tr>`,
    ),
  })

export type PaymentDelivery = DeliveryView & { readonly payment: PaymentView }

export const deliveriesOf = (view: OperatorView): PaymentDelivery[] =>
  view.payments().flatMap((payment) => payment.deliveries.map((delivery) => ({ ...delivery, payment })))

export const deliveryTable = (deliveries: ReadonlyArray<From<PaymentDelivery>>, controls: Controls): Html =>
  table({
    id: 'deliveries',
    head: ['Callback', 'Payment', 'Vendor', 'Attempts', 'Reply', 'Sent', ''],
    empty: 'No callback has been sent yet.',
    rows: deliveries.map(
      ({ view, entry }) => html`<tr>
<td>${entry.what}</td>
<td class="name"><a href="${paymentPath(view, entry.payment)}">${entry.payment.reference}</a></td>
<td>${view.name}</td><td>${String(entry.attempts.length)}</td>
<td class="long">${replyOf(entry)}</td><td>${moment(entry.at)}</td>
<td>${resend(view, entry, controls)}</td></tr>`,
    ),
  })

export const resend = (view: OperatorView, { id, what, state }: DeliveryView, controls: Controls): Html =>
  controls({
    label: state === 'held' ? 'Release' : 'Send again',
    about: what,
    fields: { do: 'redeliver', vendor: view.id, notification: id },
  })

const tones: Record<DeliveryView['state'], Tone> = {
  accepted: 'good',
  'not accepted': 'bad',
  'on its way': 'open',
  held: 'open',
}

const replyOf = ({ state, attempts }: DeliveryView): Html => {
  const last = attempts.at(-1)
  if (!last) return badge(state, tones[state])
  const said = last.verdict === 'accepted' ? (last.status ?? '') : last.verdict
  return html`<span class="reply">${badge(state, tones[state])}<span>${said}</span></span>`
}

const linkTo = (view: OperatorView, names: readonly string[]): Html => {
  const payment = view.payments().find((candidate) => names.some((name) => candidate.names.includes(name)))
  return payment ? html`<a href="${paymentPath(view, payment)}">${payment.reference || payment.id}</a>` : nothing
}

export const requestTable = (requests: ReadonlyArray<From<RequestView>>): Html =>
  table({
    id: 'requests',
    head: ['Call', 'Payment', 'Vendor', 'Verdict', 'Reason', 'At'],
    empty: 'No shop has called yet.',
    rows: requests.map(
      ({ view, entry }) => html`<tr>
<td>${entry.what}</td><td class="name">${linkTo(view, entry.names)}</td><td>${view.name}</td>
<td>${badge(entry.verdict, entry.tone)}${entry.answerDropped ? html` ${badge('answer dropped', 'open')}` : nothing}</td>
<td class="long">${entry.hint ?? ''}</td><td>${moment(entry.at)}</td></tr>`,
    ),
  })

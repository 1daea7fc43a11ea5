import type { Desk, DeskDelivery, DeskPayment, DeskRequest, Tone } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { backOfficePath } from './back-office-page.ts'
import type { Controls } from './controls.ts'
import { badge, moment, table } from './parts.ts'

type From<Entry> = { readonly desk: Desk; readonly entry: Entry }

/** What all desks have, newest first; of much, only the newest. */
export const newest = <Entry extends { readonly at: string }>(
  desks: readonly Desk[],
  read: (desk: Desk) => readonly Entry[],
): From<Entry>[] => {
  const all = desks.flatMap((desk) => read(desk).map((entry) => ({ desk, entry })))
  return all.reverse().sort(byAge).slice(0, shownAtMost)
}

const byAge = <Entry extends { readonly at: string }>(one: From<Entry>, other: From<Entry>): number =>
  one.entry.at > other.entry.at ? -1 : Number(one.entry.at < other.entry.at)

export const shownAtMost = 50

export const paymentPath = (desk: Desk, { id }: Pick<DeskPayment, 'id'>): string =>
  `${backOfficePath}/payments/${desk.id}/${id}`

export const paymentTable = (payments: ReadonlyArray<From<DeskPayment>>): Html =>
  table({
    id: 'payments',
    head: ['Payment', 'Vendor', 'Kind', 'Amount', 'State', 'Went back', 'Merchant', 'Begun'],
    empty: 'None yet. Begin one with your shop.',
    rows: payments.map(
      ({ desk, entry }) => html`<tr>
<td class="name"><a href="${paymentPath(desk, entry)}">${entry.reference === '' ? entry.id : entry.reference}</a></td>
<td>${desk.name}</td><td>${entry.kind}</td><td class="number">${entry.amount}</td>
<td>${badge(entry.state, entry.tone)}</td><td>${entry.since}</td><td>${entry.merchant}</td><td>${moment(entry.at)}</td></tr>`,
    ),
  })

export type PaymentNews = DeskDelivery & { readonly payment: DeskPayment }

export const newsOf = (desk: Desk): PaymentNews[] =>
  desk.payments().flatMap((payment) => payment.deliveries.map((delivery) => ({ ...delivery, payment })))

export const deliveryTable = (news: ReadonlyArray<From<PaymentNews>>, controls: Controls): Html =>
  table({
    id: 'deliveries',
    head: ['Told', 'Payment', 'Vendor', 'Attempts', 'Reply', 'Sent', ''],
    empty: 'Nothing has been told to a shop yet.',
    rows: news.map(
      ({ desk, entry }) => html`<tr>
<td>${entry.what}</td>
<td class="name"><a href="${paymentPath(desk, entry.payment)}">${entry.payment.reference}</a></td>
<td>${desk.name}</td><td>${String(entry.attempts.length)}</td>
<td class="long">${replyOf(entry)}</td><td>${moment(entry.at)}</td>
<td>${resend(desk, entry, controls)}</td></tr>`,
    ),
  })

export const resend = (desk: Desk, { id, what, state }: DeskDelivery, controls: Controls): Html =>
  controls({
    label: state === 'held' ? 'Release' : 'Send again',
    about: what,
    fields: { do: 'redeliver', vendor: desk.id, notification: id },
  })

const tones: Record<DeskDelivery['state'], Tone> = {
  accepted: 'good',
  'not accepted': 'bad',
  'on its way': 'open',
  held: 'open',
}

const replyOf = ({ state, attempts }: DeskDelivery): Html => {
  const last = attempts.at(-1)
  if (!last) return badge(state, tones[state])
  const said = last.verdict === 'accepted' ? (last.status ?? '') : last.verdict
  return html`<span class="reply">${badge(state, tones[state])}<span>${said}</span></span>`
}

const linkTo = (desk: Desk, names: readonly string[]): Html => {
  const payment = desk.payments().find((candidate) => names.some((name) => candidate.names.includes(name)))
  return payment ? html`<a href="${paymentPath(desk, payment)}">${payment.reference || payment.id}</a>` : nothing
}

export const requestTable = (requests: ReadonlyArray<From<DeskRequest>>): Html =>
  table({
    id: 'requests',
    head: ['Call', 'Payment', 'Vendor', 'Verdict', 'Reason', 'At'],
    empty: 'No shop has called yet.',
    rows: requests.map(
      ({ desk, entry }) => html`<tr>
<td>${entry.what}</td><td class="name">${linkTo(desk, entry.names)}</td><td>${desk.name}</td>
<td>${badge(entry.verdict, entry.tone)}${entry.answerDropped ? html` ${badge('answer dropped', 'open')}` : nothing}</td>
<td class="long">${entry.hint ?? ''}</td><td>${moment(entry.at)}</td></tr>`,
    ),
  })

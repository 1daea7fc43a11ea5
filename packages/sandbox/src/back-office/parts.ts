import { createHash } from 'node:crypto'
import type { OperatorView, PaymentLink, Tone } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { paymentPath } from './paths.ts'

/** A time in UTC: `20 Nov, 09:20:00`. */
export const moment = (at: string): Html => html`<time datetime="${at}">${withoutYear.format(new Date(at))}</time>`

/** `Fri, 20 Nov 2026, 09:20:00` */
export const fullMoment = (at: Date): string => full.format(at)

const day = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const withoutYear = new Intl.DateTimeFormat('en-GB', { ...day, ...time })
const full = new Intl.DateTimeFormat('en-GB', { weekday: 'short', ...day, year: 'numeric', ...time })

const signs: Record<Tone, string> = { good: '✓', bad: '✕', open: '●' }

/** A state, marked by its sign and its colour. */
export const badge = (text: string, tone: Tone): Html =>
  html`<span class="badge ${tone}"><span aria-hidden="true">${signs[tone]} </span>${text}</span>`

/** Content that is kept up to date: see live-updates.ts. */
export const live = (id: string, content: Html, className = ''): Html => {
  const { markup } = content
  const hash = createHash('sha1').update(markup).digest('hex').slice(0, 12)
  return html`<div id="${id}" class="${className}" data-live="${hash}">${{ markup: `<!--live ${id} ${hash}-->${markup}<!--/live-->` }}</div>`
}

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Html
}

export const section = ({ id, title, content }: Section): Html => html`<section aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`

/** A section that is kept up to date. */
export const livePart = ({ id, title, content }: Section): Html => section({ id, title, content: live(id, content) })

interface Table {
  readonly label: string
  /** The column `Amount` is right-aligned. */
  readonly head: readonly string[]
  readonly rows: ReadonlyArray<readonly Html[]>
  readonly empty: string
}

/** A table; on a phone each row is a card. The roles keep it a table where it is not laid out as one. */
export const table = ({ label, head, rows, empty }: Table): Html => {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`
  const numbers = new Set(head.flatMap((name, index) => (name === 'Amount' ? [index] : [])))
  const cell = (content: Html, index: number) =>
    html`<td role="cell" data-label="${head[index] ?? ''}"${numbers.has(index) ? html` class="number"` : nothing}><div class="cell">${content}</div></td>`
  return html`<table role="table" aria-label="${label}">
<thead role="rowgroup"><tr role="row">${head.map((name, index) => html`<th role="columnheader" scope="col"${numbers.has(index) ? html` class="number"` : nothing}>${name === '' ? html`<span class="unseen">Actions</span>` : name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map(cell)}</tr>\n`)}</tbody>
</table>`
}

/** A link to the payment that something belongs to. */
export const paymentLink = (view: OperatorView, payment: PaymentLink | undefined): Html =>
  payment
    ? html`<a href="${paymentPath(view.id, payment.id)}">${payment.reference || payment.id}</a>`
    : html`<span class="soft">none</span>`

export const problemNote = (problem: string | undefined): Html =>
  problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`

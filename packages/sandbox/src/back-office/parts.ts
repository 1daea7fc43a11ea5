import type { Tone } from '../operator/operator-view.ts'
import { type Html, html } from '../platform/html.ts'

/** A time in UTC: `20 Nov, 09:20:00`. */
export const moment = (at: string): Html => html`<time datetime="${at}">${withoutYear.format(new Date(at))}</time>`

/** `Fri, 20 Nov 2026, 09:20:00 UTC` */
export const fullMoment = (at: string): Html => html`<time datetime="${at}">${full.format(new Date(at))} UTC</time>`

const day = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const withoutYear = new Intl.DateTimeFormat('en-GB', { ...day, ...time })
const full = new Intl.DateTimeFormat('en-GB', { weekday: 'short', ...day, year: 'numeric', ...time })

export const badge = (text: string, tone: Tone): Html => html`<span class="badge ${tone}">${text}</span>`

interface Part {
  readonly id: string
  readonly title: string
  readonly content: Html
}

/** A section that is kept up to date. */
export const livePart = ({ id, title, content }: Part): Html => html`<section aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<div id="${id}" data-live>${content}</div>
</section>`

interface Table {
  readonly id: string
  readonly head: readonly string[]
  readonly rows: readonly Html[]
  readonly empty: string
}

/** A table that scrolls horizontally, by keyboard too. The column `Amount` is right-aligned. */
export const table = ({ id, head, rows, empty }: Table): Html => {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`
  const cells = head.map((name) => {
    if (name === '') return html`<td></td>`
    return name === 'Amount' ? html`<th scope="col" class="number">${name}</th>` : html`<th scope="col">${name}</th>`
  })
  return html`<div class="scroll" role="group" aria-labelledby="${id}-title" tabindex="0"><table>
<thead><tr>${cells}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}

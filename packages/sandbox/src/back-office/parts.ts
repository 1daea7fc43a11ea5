import { type Html, html } from '../html.ts'
import type { Tone } from './desk.ts'

/** A moment as people read it, UTC: `20 Nov 2026, 09:20:00`. */
export const moment = (at: string): Html => html`<time datetime="${at}">${format.format(new Date(at))}</time>`

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })

export const badge = (text: string, tone: Tone): Html => html`<span class="badge ${tone}">${text}</span>`

type Part = { readonly id: string; readonly title: string; readonly content: Html }

/** A section that keeps itself fresh. */
export const livePart = ({ id, title, content }: Part): Html => html`<section aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<div id="${id}" data-live>${content}</div>
</section>`

type Table = {
  readonly id: string
  readonly head: readonly string[]
  readonly rows: readonly Html[]
  readonly empty: string
}

/** A table that scrolls sideways by itself, by keyboard too. Numbers are right-aligned under `Amount`. */
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

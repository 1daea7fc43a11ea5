import type { Office } from '../operator/operator.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { fullMoment, livePart } from './parts.ts'

const minute = 60_000
const day = 24 * 60 * minute

const leaps: ReadonlyMap<string, number> = new Map([
  ['1 minute', minute],
  ['31 minutes', 31 * minute],
  ['1 day', day],
  ['15 days', 15 * day],
])

/** What time the twin thinks it is, with buttons that make it later. */
export const clockPart = ({ now }: Office['clock'], controls: Controls): Html =>
  livePart({
    id: 'clock',
    title: 'Clock',
    content: html`<p class="big">${fullMoment(now().toISOString())}</p><p class="soft">Make it later by</p>
<div class="row">${[...leaps.keys()].map((label) => controls({ label, fields: { do: 'move', by: label } }))}</div>`,
  })

/** Moves the clock by one of the leaps that the page offers; throws a sentence on any other. */
export const leap = ({ move }: Office['clock'], label: string): Promise<void> => {
  const milliseconds = leaps.get(label)
  if (milliseconds === undefined) throw new Error('The clock cannot be moved by that.')
  return move(milliseconds)
}

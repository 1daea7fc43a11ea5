import { type Html, html, nothing } from '../html.ts'
import type { Controls } from './controls.ts'
import { fullMoment, livePart } from './parts.ts'

/** The twin's clock. `move` moves it forward, and lets happen what was due by then. */
export type OfficeClock = {
  readonly now: () => Date
  readonly move?: (milliseconds: number) => unknown
}

const minute = 60_000
const day = 24 * 60 * minute

const leaps: ReadonlyMap<string, number> = new Map([
  ['1 minute', minute],
  ['31 minutes', 31 * minute],
  ['1 hour', 60 * minute],
  ['1 day', day],
  ['15 days', 15 * day],
])

/** What time the twin thinks it is, with buttons that make it later. */
export const clockPart = ({ now, move }: OfficeClock, controls: Controls): Html =>
  livePart({
    id: 'clock',
    title: 'Clock',
    content: html`<p class="big">${fullMoment(now().toISOString())}</p>${move ? leapControls(controls) : nothing}`,
  })

const leapControls = (controls: Controls): Html => html`<p class="soft" id="leap">Make it later by</p>
<div class="row">${[...leaps.keys()].map((label) => controls({ label, fields: { do: 'move', by: label } }))}</div>`

/** Moves the clock by one of the leaps that the page offers; throws a sentence on any other. */
export const leap = ({ move }: OfficeClock, label: string): unknown => {
  const milliseconds = leaps.get(label)
  if (!move || milliseconds === undefined) throw new Error('The clock cannot be moved by that.')
  return move(milliseconds)
}

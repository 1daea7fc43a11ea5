import type { Operator } from '../operator/operator.ts'
import { dayMs } from '../platform/clock.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { fullMoment, livePart } from './parts.ts'

const minuteMs = 60_000

const moves: ReadonlyMap<string, number> = new Map([
  ['1 minute', minuteMs],
  ['31 minutes', 31 * minuteMs],
  ['1 day', dayMs],
  ['15 days', 15 * dayMs],
])

/** The sandbox's time, with buttons that move it forward. */
export const clockPart = ({ now }: Operator['clock'], controls: Controls): Html =>
  livePart({
    id: 'clock',
    title: 'Clock',
    content: html`<p class="big">${fullMoment(now().toISOString())}</p><p class="soft">Move it forward by</p>
<div class="row">${[...moves.keys()].map((label) => controls({ label, fields: { do: 'move', by: label } }))}</div>`,
  })

/** Moves the clock by one of the times that the page offers. Throws on any other. */
export const moveClock = ({ move }: Operator['clock'], label: string): Promise<void> => {
  const milliseconds = moves.get(label)
  if (milliseconds === undefined) throw new Error('The clock cannot be moved by that.')
  return move(milliseconds)
}

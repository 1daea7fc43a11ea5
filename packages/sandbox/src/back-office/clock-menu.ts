import type { Operator } from '../operator/operator.ts'
import { dayMs } from '../platform/clock.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { describeDuration } from './duration.ts'
import { fullMoment, live } from './parts.ts'

const minuteMs = 60_000

const moves: ReadonlyMap<string, number> = new Map([
  ['1 minute', minuteMs],
  ['31 minutes', 31 * minuteMs],
  ['1 day', dayMs],
  ['15 days', 15 * dayMs],
])

/** The sandbox's time, how far it is from the real time, and a menu that moves it. */
export const clockMenu = (clock: Operator['clock'], controls: Controls): Html => {
  const [now, next, ahead] = [clock.now(), clock.next(), clock.ahead()]
  const offset = ahead < 1000 ? 'real time' : `${describeDuration(ahead)} ahead`
  const toNext = next ? `To the next event, in ${describeDuration(next.getTime() - now.getTime())}` : undefined
  return live(
    'clock',
    html`<details id="clock-menu"><summary><span class="unseen">Clock: </span><time id="now" datetime="${now.toISOString()}">${fullMoment(now)}</time> UTC
<span class="offset">${offset}</span></summary>
<div class="menu"><p>Move the clock forward by</p>
<div class="row">${[...moves.keys()].map((label) => controls({ label, fields: { do: 'move', by: label } }))}</div>
<div class="row">${toNext === undefined ? nothing : controls({ label: toNext, fields: { do: 'move-to-next' } })}
${ahead < 1000 ? nothing : controls({ label: 'Reset to the real time', fields: { do: 'reset-clock' } })}</div></div></details>`,
    'clock',
  )
}

/** Moves the clock by one of the times that the page offers. Throws on any other. */
export const moveClock = ({ move }: Operator['clock'], label: string): Promise<void> => {
  const milliseconds = moves.get(label)
  if (milliseconds === undefined) throw new Error('The clock cannot be moved by that.')
  return move(milliseconds)
}

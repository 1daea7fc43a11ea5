import type { ChaosEntry } from '../chaos/chaos.ts'
import type { ChaosRule } from '../chaos/chaos-rule.ts'
import type { Operator } from '../operator/operator.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { livePart, moment, table } from './parts.ts'

const shownAtMost = 50

/** The chaos rules, and the log of those applied, newest first. */
export const chaosPart = ({ chaos }: Operator, controls: Controls): Html => {
  const { rules } = chaos.script()
  const log = chaos.log().toReversed().slice(0, shownAtMost)
  const content =
    rules.length === 0
      ? html`<p class="soft">None. A script of rules can be set by the control API.</p>`
      : html`<ul class="rules">${rules.map((rule) => html`<li>${describe(rule)}</li>`)}</ul>
${table({ label: 'Applied chaos rules', head: ['Kind', 'Applied to', 'Rail', 'At'], rows: log.map(cells), empty: 'No rule has been applied yet.' })}
<div class="row apart">${controls({ label: 'End the chaos', fields: { do: 'end-chaos' } })}</div>`
  return livePart({ id: 'chaos', title: 'Chaos rules', content })
}

const cells = ({ did, on, method, vendor, at }: ChaosEntry): Html[] => [
  html`${did}`,
  html`${on} ${method ?? ''}`,
  html`${vendor}`,
  moment(at),
]

const describe = ({ do: kind, on, vendor, method, nth, probability }: ChaosRule): Html =>
  html`<strong>${kind}</strong>: ${on} ${method ?? 'of any kind'} at ${vendor ?? 'either vendor'}, ${howOften(nth, probability)}`

const howOften = (nth: ChaosRule['nth'], probability: number | undefined): string => {
  if (nth !== undefined) return `time ${[nth].flat().join(', ')}`
  return probability === undefined ? 'every time' : `with a probability of ${probability}`
}

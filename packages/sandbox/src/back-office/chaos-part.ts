import type { ChaosEntry } from '../chaos/chaos.ts'
import type { ChaosRule } from '../chaos/chaos-rule.ts'
import type { Operator } from '../operator/operator.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { moment, table } from './parts.ts'
import { shownAtMost } from './tables.ts'

/** The chaos rules, and the log of those applied, newest first. Empty without rules. Kept up to date like other parts. */
export const chaosPart = ({ chaos }: Operator, controls: Controls): Html => {
  const { rules } = chaos.script()
  const log = chaos.log().toReversed().slice(0, shownAtMost)
  const section = html`<section aria-labelledby="chaos-title"><h2 id="chaos-title">Chaos rules</h2>
<ul class="rules">${rules.map((rule) => html`<li>${describe(rule)}</li>`)}</ul>
${table({ id: 'chaos', head: ['Kind', 'Applied to', 'Vendor', 'At'], rows: log.map(row), empty: 'No rule has been applied yet.' })}
<div class="row apart">${controls({ label: 'End the chaos', fields: { do: 'end-chaos' } })}</div></section>`
  return html`<div id="chaos" data-live>${rules.length === 0 ? nothing : section}</div>`
}

const row = ({ did, on, method, vendor, at }: ChaosEntry): Html =>
  html`<tr><td>${did}</td><td>${on} ${method ?? ''}</td><td>${vendor}</td><td>${moment(at)}</td></tr>`

const describe = ({ do: kind, on, vendor, method, nth, probability }: ChaosRule): Html =>
  html`<strong>${kind}</strong>: ${on} ${method ?? 'of any kind'} at ${vendor ?? 'either vendor'}, ${howOften(nth, probability)}`

const howOften = (nth: ChaosRule['nth'], probability: number | undefined): string => {
  if (nth !== undefined) return `time ${[nth].flat().join(', ')}`
  return probability === undefined ? 'every time' : `with a probability of ${probability}`
}

import type { Operator } from '../operator/operator.ts'
import { html } from '../platform/html.ts'
import { chaosPart } from './chaos-part.ts'
import type { Controls } from './controls.ts'
import type { Content } from './layout.ts'
import { merchantsPart } from './merchants-part.ts'

/** The merchants with their balances, and the chaos rules. */
export const settingsPage = (operator: Operator, controls: Controls): Content => ({
  title: 'Settings',
  tab: 'settings',
  content: html`<h1>Settings</h1>
${merchantsPart(
  operator.vendors.map(({ view }) => view),
  controls,
)}
${chaosPart(operator, controls)}`,
})

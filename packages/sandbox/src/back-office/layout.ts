import type { Operator } from '../operator/operator.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { createPages } from '../platform/page-shell.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { backOfficeStyle } from './back-office-style.ts'
import { clockMenu } from './clock-menu.ts'
import type { Controls } from './controls.ts'
import { liveScript } from './live-script.ts'
import { live, problemNote } from './parts.ts'
import { listPaths, settingsPath } from './paths.ts'

const page = createPages({ name: 'sandbox back office', style: backOfficeStyle, script: liveScript })

export type Tab = 'payments' | 'callbacks' | 'calls' | 'settings'

export interface Content {
  readonly title: string
  readonly tab: Tab | undefined
  readonly content: Html
  readonly status?: number
  readonly problem?: string | undefined
}

/** Creates the pages of the back office, each with the tabs, the clock, and a banner while callbacks are held. */
export const createLayout =
  ({ vendors, clock }: Operator, controls: Controls) =>
  ({ title, tab, content, status = 200, problem }: Content): HttpResponse =>
    page({
      title,
      status: problem === undefined ? status : 422,
      header: html`<header>
<div class="top"><strong class="name">Sandbox back office</strong>
${clockMenu(clock, controls)}
<span id="live" role="status">Reload to update</span></div>
<nav aria-label="Back office"><ul>${tabs.map(([id, label, path]) => html`<li><a href="${path}"${id === tab ? html` aria-current="page"` : nothing}>${label}</a></li>`)}</ul></nav>
${live('hold', holdBanner(vendors, controls))}
</header>`,
      content: html`${problemNote(problem)}${content}`,
    })

const tabs = [
  ['payments', 'Payments', listPaths.payments],
  ['callbacks', 'Callbacks', listPaths.callbacks],
  ['calls', 'API calls', listPaths.calls],
  ['settings', 'Settings', settingsPath],
] as const

const holdBanner = (vendors: Operator['vendors'], controls: Controls): Html => {
  const held = vendors.map((vendor) => vendor.held())
  const waiting = held.reduce((sum, one) => sum + one.waiting, 0)
  const all = held.some((one) => one.all)
  if (!all && waiting === 0) return nothing
  const text = all ? 'All callbacks are held' : 'Callbacks of some payments are held'
  return html`<div class="banner"><p><strong>${text}</strong>: ${waiting === 1 ? '1 waits' : `${waiting} wait`} for the release.</p>
${controls({ label: 'Release all', fields: { do: 'release-all' } })}</div>`
}

import { html } from '../platform/html.ts'
import { createPages } from '../platform/page-shell.ts'
import { backOfficeStyle } from './back-office-style.ts'
import { liveScript } from './live-script.ts'

export const backOfficePath = '/back-office'

/** A page of the back office. */
export const backOfficePage = createPages({
  name: 'sandbox back office',
  header: html`<header class="sandbox"><strong>Sandbox back office</strong>
<a href="${backOfficePath}">All payments</a>
<span id="live" role="status">Reload the page to update it</span></header>`,
  style: backOfficeStyle,
  script: liveScript,
})

import { html } from '../platform/html.ts'
import type { HttpAnswer } from '../platform/http-server.ts'
import { page } from '../platform/page-shell.ts'

export const unknownPage = (): HttpAnswer =>
  page({
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was started anew and has forgotten the payment.</p>`,
  })

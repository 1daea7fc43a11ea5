import { html } from '../platform/html.ts'
import { createPages } from '../platform/page-shell.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { checkoutStyle } from './checkout-style.ts'

/** A page of a hosted checkout. */
export const checkoutPage = createPages({
  name: 'sandbox checkout',
  header: html`<header class="sandbox"><strong>Sandbox checkout</strong><span>No real money moves</span></header>`,
  style: checkoutStyle,
  embeddable: true,
})

export const unknownPage = (): HttpResponse =>
  checkoutPage({
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was restarted and no longer has the payment.</p>`,
  })

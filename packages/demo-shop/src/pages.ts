import type { DepositView, Money } from 'railswitch'
import type { Order } from './order.ts'

/** The page that offers the article. */
export const shopPage = (
  { article, amount }: { readonly article: string; readonly amount: Money },
  { firstName, lastName }: { readonly firstName: string; readonly lastName: string },
): string =>
  layout(
    'Shop',
    `<h1>${html(article)}</h1>
<p class="money">${html(amount.value)} ${html(amount.currency)}</p>
<p>Delivered to ${html(firstName)} ${html(lastName)}.</p>
<form method="post" action="/orders"><button>Pay by bank</button></form>`,
  )

const headings: Record<Order['status'], string> = {
  processing: 'We are processing your payment',
  approved: 'Your bank approved the payment; we are waiting for the money',
  paid: 'Paid, thank you',
  cancelled: 'The payment was cancelled',
  reversed: 'The payment was reversed',
}

/** The page that a customer returns to. It shows the state from events, not from the browser's request. */
export const orderPage = (order: Order, payment: DepositView): string =>
  layout(
    `Order ${order.reference}`,
    `<h1>${headings[order.status]}</h1>
<p>Order ${html(order.reference)}</p>
<dl>
<dt>State</dt><dd>${payment.state}</dd>
<dt>Credited</dt><dd>${textOf(payment.credited)}</dd>
<dt>Refunded</dt><dd>${textOf(payment.refunded)}</dd>
</dl>
<ul>${order.notes.map((note) => `<li>${html(note)}</li>`).join('')}</ul>
<p><a href="/orders/${html(order.reference)}">Refresh</a> · <a href="/">Back to the shop</a></p>`,
  )

const textOf = ({ value, currency }: Money): string => html(`${value} ${currency}`)

const html = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const layout = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>
body { font: 1.1rem/1.6 system-ui, sans-serif; color: #1d2433; background: #f4f1ea; margin: 0 }
main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: #fff; border-radius: 1rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
.money { font-size: 1.4rem; font-variant-numeric: tabular-nums }
button { font: inherit; font-weight: 600; padding: .8rem 1.6rem; border: 0; border-radius: .6rem; background: #1f5d4c; color: #fff }
dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1.5rem } dd { margin: 0; font-variant-numeric: tabular-nums }
a { color: #1f5d4c }
</style></head><body><main>${body}</main></body></html>
`

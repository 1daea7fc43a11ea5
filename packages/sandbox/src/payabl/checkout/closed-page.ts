import { checkoutPage } from '../../checkout/checkout-page.ts'
import { type CheckoutView, summary } from '../../checkout/view.ts'
import { html } from '../../platform/html.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import { type Payment, payInOf } from '../state/payment.ts'

/** The page of a pay-in that accepts no more steps. */
export const closedPage = (payment: Payment, view: CheckoutView, shopUrl: string): HttpResponse => {
  const { title, text, gone } = describeOutcome(payment)
  return checkoutPage({
    title,
    status: gone ? 410 : 200,
    content: html`${summary(view)}
<h1>${title}</h1>
<p>${text}</p>
<a class="button" href="${new URL(shopUrl).href}">Back to the shop</a>`,
  })
}

interface PageText {
  readonly title: string
  readonly text: string
  readonly gone?: true
}

const describeOutcome = (payment: Payment): PageText => {
  const deposit = payInOf(payment)
  switch (deposit?.state) {
    case 'credited':
      return { title: 'Payment complete', text: 'The money has arrived. There is nothing left to do here.' }
    case 'not_credited':
      return { title: 'Payment failed', text: 'Your payment did not go through.', gone: true }
    case 'aborted':
      return deposit.errorcode === '-1315'
        ? { title: 'Payment expired', text: 'The checkout expired without any activity. Nothing was paid.', gone: true }
        : {
            title: 'Payment cancelled',
            text: 'Nothing was paid. Start again in the shop if you still want to pay.',
            gone: true,
          }
    default:
      return { title: 'Payment on its way', text: 'You confirmed this payment. The money has not arrived yet.' }
  }
}

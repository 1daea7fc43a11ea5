import { summary, target } from '../checkout/view.ts'
import { html } from '../html.ts'
import type { HttpAnswer } from '../http-server.ts'
import { page } from '../page-shell.ts'
import { toView } from './checkout-view.ts'
import type { Order } from './ledger.ts'

/** The page of an order that takes no more steps. */
export const closedPage = (order: Order): HttpAnswer => {
  const { title, text } = describeEnd(order)
  const cancelled = order.state === 'cancelled'
  const back = new URL(cancelled ? order.terms.failUrl : order.terms.successUrl).href
  return page({
    title,
    status: cancelled ? 410 : 200,
    content: html`${summary(toView(order))}
<h1>${title}</h1>
<p>${text}</p>
<a class="button" href="${back}"${target(toView(order))}>Back to the shop</a>`,
  })
}

const describeEnd = ({ state, expired, paid }: Order): { readonly title: string; readonly text: string } => {
  switch (state) {
    case 'created':
    case 'pending':
      return { title: 'Payment on its way', text: 'You confirmed this payment. The money has not arrived yet.' }
    case 'credited':
      return { title: 'Payment complete', text: 'The money has arrived. There is nothing left to do here.' }
    case 'reversed':
      return { title: 'Payment taken back', text: 'The money arrived, and your bank took it back.' }
    case 'cancelled':
      if (paid !== undefined) return { title: 'Payment cancelled', text: 'Your payment did not go through.' }
      return expired
        ? { title: 'Payment expired', text: 'This page was left alone for too long. Nothing was paid.' }
        : { title: 'Payment cancelled', text: 'Nothing was paid. Start again in the shop if you still want to pay.' }
    default:
      return state satisfies never
  }
}

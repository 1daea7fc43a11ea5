import { checkoutPage } from '../../checkout/checkout-page.ts'
import { summary, target } from '../../checkout/view.ts'
import { html, nothing } from '../../platform/html.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import type { HostedOrder } from '../state/order.ts'
import { toView } from './checkout-view.ts'

/** The page of an order that accepts no more steps. */
export const closedPage = (order: HostedOrder): HttpResponse => {
  const { title, text } = describeOutcome(order)
  const cancelled = order.state === 'cancelled'
  const back = cancelled ? order.page.failUrl : order.page.successUrl
  return checkoutPage({
    title,
    status: cancelled ? 410 : 200,
    content: html`${summary(toView(order))}
<h1>${title}</h1>
<p>${text}</p>
${back === '' ? nothing : html`<a class="button" href="${new URL(back).href}"${target(toView(order))}>Back to the shop</a>`}`,
  })
}

interface PageText {
  readonly title: string
  readonly text: string
}

const describeOutcome = ({ kind, state, expired, paid }: HostedOrder): PageText => {
  switch (state) {
    case 'created':
    case 'pending':
      return { title: 'Payment on its way', text: 'You confirmed this payment. The money has not arrived yet.' }
    case 'credited':
      return { title: 'Payment complete', text: 'The money has arrived. There is nothing left to do here.' }
    case 'reversed':
      return { title: 'Payment reversed', text: 'The money arrived, and your bank took it back.' }
    case 'requested':
    case 'reserved':
      return { title: 'Withdrawal requested', text: 'The shop decides, and then the money is on its way to you.' }
    case 'accepted':
      return { title: 'Withdrawal on its way', text: 'The shop agreed. There is nothing left to do here.' }
    case 'chosen':
      return { title: 'Account chosen', text: 'The shop knows your account now. There is nothing left to do here.' }
    case 'cancelled':
      return cancelled({ kind, expired, paid })
    default:
      return state satisfies never
  }
}

const words = { deposit: 'Payment', charge: 'Payment', payout: 'Payout', withdrawal: 'Withdrawal', selection: 'Choice' }

const cancelled = ({ kind, expired, paid }: Pick<HostedOrder, 'kind' | 'expired' | 'paid'>): PageText => {
  const title = `${words[kind]} ${expired ? 'expired' : 'cancelled'}`
  const again = 'Start again in the shop if you still want to'
  if (expired) {
    const nothingDone = kind === 'deposit' ? 'Nothing was paid.' : 'Nothing was done.'
    return { title, text: `The checkout expired without any activity. ${nothingDone}` }
  }
  if (kind !== 'deposit') return { title, text: `${again}.` }
  if (paid !== undefined) return { title, text: 'Your payment did not go through.' }
  return { title, text: `Nothing was paid. ${again} pay.` }
}

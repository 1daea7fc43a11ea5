import { type Ending, endedPage } from '../../checkout/ended-page.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import type { HostedOrder } from '../state/order.ts'
import { toView } from './checkout-view.ts'

/** The page of an order that accepts no more steps. */
export const closedPage = (order: HostedOrder): HttpResponse => {
  const gone = order.state === 'cancelled'
  const shopUrl = gone ? order.page.failUrl : order.page.successUrl
  return endedPage(toView(order), { ending: endingOf(order), gone, shopUrl })
}

const endingOf = (order: HostedOrder): Ending => {
  const { kind, state, expired, paid } = order
  if (kind === 'mandate' && order.bankAccount && state !== 'created') return state === 'cancelled' ? 'ended' : 'signed'
  switch (state) {
    case 'created':
    case 'pending':
      return 'onItsWay'
    case 'credited':
      return 'complete'
    case 'reversed':
      return 'reversed'
    case 'requested':
    case 'reserved':
      return 'requested'
    case 'accepted':
      return 'agreed'
    case 'chosen':
      return 'chosen'
    case 'active':
      return 'signed'
    case 'cancelled':
      if (expired) return 'expired'
      return kind === 'deposit' && paid !== undefined ? 'failed' : 'cancelled'
    default:
      return state satisfies never
  }
}

import { type Ending, endedPage } from '../../checkout/ended-page.ts'
import type { CheckoutView } from '../../checkout/view.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import { type Payment, payInOf } from '../state/payment.ts'

/** The page of a pay-in that accepts no more steps. */
export const closedPage = (payment: Payment, view: CheckoutView, shopUrl: string): HttpResponse => {
  const ending = endingOf(payment)
  return endedPage(view, { ending, gone: goneEndings.has(ending), shopUrl })
}

const goneEndings: ReadonlySet<Ending> = new Set(['failed', 'expired', 'cancelled'])

const endingOf = (payment: Payment): Ending => {
  const deposit = payInOf(payment)
  switch (deposit?.state) {
    case 'credited':
      return 'complete'
    case 'not_credited':
      return 'failed'
    case 'aborted':
      return deposit.errorcode === '-1315' ? 'expired' : 'cancelled'
    default:
      return 'onItsWay'
  }
}

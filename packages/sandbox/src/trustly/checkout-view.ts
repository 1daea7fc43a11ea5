import type { CheckoutView } from '../checkout/view.ts'
import type { Order } from './ledger.ts'
import { formatAmount } from './money.ts'
import { outcomes } from './outcomes.ts'

/** What the hosted pages show of a deposit. */
export const toView = ({ paid, terms }: Order): CheckoutView => {
  const { payee, amount = paid, currency, country, successUrl, failUrl, urlTarget } = terms
  return {
    payee,
    amount: amount === undefined ? undefined : formatAmount(amount, currency),
    currency,
    country,
    outcomes,
    shopUrls: [successUrl, failUrl],
    urlTarget,
  }
}

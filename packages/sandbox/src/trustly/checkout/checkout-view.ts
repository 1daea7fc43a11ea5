import { languageOf } from '../../checkout/languages/language.ts'
import type { CheckoutView } from '../../checkout/view.ts'
import type { HostedOrder } from '../state/order.ts'
import { formatAmount } from '../wire/formats.ts'
import { outcomesOf } from './outcomes.ts'

const failures: Partial<Record<HostedOrder['kind'], string>> = { deposit: 'pending-cancel', mandate: 'signed-refused' }

/** The data of an order that the hosted pages show. */
export const toView = (order: HostedOrder): CheckoutView => {
  const { kind, paid, terms, page } = order
  const { amount = paid, currency } = terms
  return {
    vendor: 'Trustly',
    language: languageOf(page.locale),
    purpose: kind === 'withdrawal' || kind === 'selection' || kind === 'mandate' ? kind : 'payment',
    payee: page.payee,
    amount: amount === undefined ? undefined : formatAmount(amount, currency),
    currency,
    country: page.country,
    outcomes: outcomesOf(order),
    failure: failures[kind],
    shopUrls: [page.successUrl, page.failUrl].filter(Boolean),
    urlTarget: page.urlTarget,
  }
}

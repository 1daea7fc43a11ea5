import { type Html, html, nothing } from '../html.ts'
import type { Order } from './ledger.ts'
import { formatAmount } from './money.ts'

/** What is paid, and to whom: the head of every page of an order. */
export const summary = ({ paid, terms: { payee, amount = paid, currency } }: Order): Html =>
  html`<dl class="sum"><dt>${payee}</dt><dd>${amount === undefined ? `Any amount in ${currency}` : money(amount, currency)}</dd></dl>`

export const money = (amount: bigint, currency: string): string => `${formatAmount(amount, currency)} ${currency}`

/** The attribute for the frame in which the shop wants its pages. */
export const target = ({ terms: { urlTarget } }: Order): Html =>
  urlTarget === undefined ? nothing : html` target="${urlTarget}"`

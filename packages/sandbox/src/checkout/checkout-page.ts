import { html } from '../platform/html.ts'
import { createPages, type Page } from '../platform/page-shell.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { checkoutStyle } from './checkout-style.ts'
import { type Language, languageOf } from './languages/language.ts'

const page = createPages({ name: 'sandbox checkout', style: checkoutStyle, embeddable: true })

interface Checkout extends Omit<Page, 'header' | 'language'> {
  readonly vendor: string
  readonly language: Language
}

/** A page of a hosted checkout, which names its vendor. */
export const checkoutPage = ({ vendor, language, ...content }: Checkout): HttpResponse =>
  page({
    ...content,
    language: language.tag,
    header: html`<header class="sandbox"><strong>${vendor} sandbox</strong><span>${language.texts.noRealMoney}</span></header>`,
  })

export const unknownPage = (vendor: string): HttpResponse =>
  checkoutPage({
    vendor,
    language: languageOf('en'),
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was restarted and no longer has the payment.</p>`,
  })

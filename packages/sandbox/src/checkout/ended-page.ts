import { html, nothing } from '../platform/html.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { checkoutPage } from './checkout-page.ts'
import type { english } from './languages/english.ts'
import { type CheckoutView, summary, target } from './view.ts'

/** How an order ended: the texts `…Title` and `…Text` say it. */
export type Ending = {
  [Name in keyof typeof english]: Name extends `${infer Ending}Title` ? Ending : never
}[keyof typeof english]

interface Ended {
  readonly ending: Ending
  /** Nothing can be paid any more. */
  readonly gone: boolean
  /** The shop's address; empty where it gave none. */
  readonly shopUrl: string
}

/** The page of an order that accepts no more steps. */
export const endedPage = (view: CheckoutView, { ending, gone, shopUrl }: Ended): HttpResponse => {
  const { texts } = view.language
  const title = texts[`${ending}Title`]
  return checkoutPage({
    vendor: view.vendor,
    language: view.language,
    title,
    status: gone ? 410 : 200,
    content: html`${summary(view)}
<h1>${title}</h1>
<p>${texts[`${ending}Text`]}</p>
${shopUrl === '' ? nothing : html`<a class="button" href="${new URL(shopUrl).href}"${target(view)}>${texts.backToShop}</a>`}`,
  })
}

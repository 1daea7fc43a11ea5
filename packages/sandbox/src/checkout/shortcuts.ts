import { type Html, html, nothing } from '../platform/html.ts'
import { type CheckoutView, movesMoney, target } from './view.ts'

/** The outcomes of one click. They are the sandbox's own and not the vendor's, and therefore in English. */
export const shortcuts = (view: CheckoutView): Html => {
  const { amount, purpose, failure } = view
  const pays = amount !== undefined || !movesMoney(view)
  return html`<aside class="shortcuts" lang="en" aria-label="Shortcuts of the sandbox"><p>In a hurry?</p>
<form method="post"${target(view)}><input type="hidden" name="step" value="shortcut">
${pays ? button('pay', purpose === 'mandate' ? 'Sign' : 'Pay') : nothing}${button('cancel', 'Cancel')}${failure === undefined || !pays ? nothing : button('fail', 'Fail')}${button('expire', 'Expire')}</form></aside>`
}

const button = (outcome: string, label: string): Html =>
  html`<button class="button shortcut" name="shortcut" value="${outcome}">${label}<span class="unseen"> at once</span></button>`

import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { accountsAt, banksByCountry } from './banks.ts'
import { checkoutPage } from './checkout-page.ts'
import { confirmForm } from './confirm-form.ts'
import { choice, form, problemAttributes } from './form.ts'
import { type CheckoutView, summary, target } from './view.ts'
import { type CheckoutStep, checkoutSteps, type RejectedStep, type Visit } from './visit.ts'

interface Step {
  readonly view: CheckoutView
  readonly visit: Visit
  readonly rejected: RejectedStep | undefined
}

/** The page of the customer's current step, with the problem of the last try. */
export const stepPage = (view: CheckoutView, visit: Visit, rejected?: RejectedStep): HttpResponse =>
  checkoutPage({
    title: rejected ? `Problem: ${titleOf(visit, view)}` : titleOf(visit, view),
    status: rejected ? 422 : 200,
    leadsTo: view.shopUrls,
    content: html`${summary(view)}
${progress(visit.step)}
<h1>${titleOf(visit, view)}</h1>
${rejected ? html`<p class="problem" id="problem" role="alert">${rejected.problem}</p>` : nothing}
${forms[visit.step]({ view, visit, rejected })}
<div class="others">
${visit.step === 'bank' ? nothing : button('restart', 'Change bank', nothing)}
${button('cancel', 'Cancel', target(view))}
</div>`,
  })

const titles: Record<CheckoutStep, string> = {
  bank: 'Choose your bank',
  login: 'Log in to your bank',
  account: 'Choose an account',
  confirm: 'Confirm the payment',
}

const titleOf = ({ step }: Visit, { purpose = 'payment' }: CheckoutView): string =>
  step === 'confirm' && purpose !== 'payment'
    ? `Confirm the ${purpose === 'withdrawal' ? 'withdrawal' : 'account'}`
    : titles[step]

const labels: Record<CheckoutStep, string> = { bank: 'Bank', login: 'Log in', account: 'Account', confirm: 'Confirm' }

const progress = (current: CheckoutStep): Html => html`<ol class="steps" aria-label="Steps">
${checkoutSteps.map((step, index) => {
  if (step === current) return html`<li aria-current="step">${labels[step]}</li>`
  const done = index < checkoutSteps.indexOf(current)
  return done
    ? html`<li class="done">${labels[step]}<span class="unseen"> (done)</span></li>`
    : html`<li>${labels[step]}</li>`
})}
</ol>`

const button = (step: string, label: string, attributes: Html): Html =>
  html`<form method="post"${attributes}><button class="button quiet" name="step" value="${step}">${label}</button></form>`

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

const forms: Record<CheckoutStep, (step: Step) => Html> = {
  bank: ({ view: { country } }) => {
    const banks = (banksByCountry.get(country) ?? []).map((bank) =>
      choice({ name: 'bank', value: bank, label: html`${bank}`, sign: bank.slice(0, 1) }),
    )
    return form(
      'bank',
      html`<p class="soft">Banks in ${countryNames.of(country) ?? country}, all of them invented.</p>
<ul class="choices">${banks}</ul>`,
    )
  },
  login: ({ visit, rejected }) =>
    form(
      'login',
      html`<p class="soft">${visit.bank}</p>
<label for="login">User ID</label>
<input type="text" id="login" name="login" required autofocus autocomplete="off" autocapitalize="none" aria-describedby="login-hint"${problemAttributes('login', rejected)}>
<p class="hint" id="login-hint">Any text will do. It is not stored.</p>
<button class="button">Log in</button>`,
    ),
  account: ({ visit: { bank } }) => {
    const accounts = accountsAt(bank).map(({ name, lastDigits }) => {
      const label = html`<span>${name}<small>Number ending in ${lastDigits}</small></span>`
      return choice({ name: 'account', value: lastDigits, label, sign: name.slice(0, 1) })
    })
    return form('account', html`<p class="soft">${bank}</p><ul class="choices">${accounts}</ul>`)
  },
  confirm: (step) => confirmForm(step),
}

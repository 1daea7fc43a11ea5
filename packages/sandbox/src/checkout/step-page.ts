import { type Html, html, nothing } from '../html.ts'
import type { HttpAnswer } from '../http-server.ts'
import { page } from '../page-shell.ts'
import { banksByCountry } from './banks.ts'
import { type CheckoutView, summary, target } from './view.ts'
import { type CheckoutStep, checkoutSteps, type Visit } from './visit.ts'

/** A posted step that was not taken: why, and what was filled in. */
export type Failed = { readonly problem: string; readonly fields: URLSearchParams }

type Step = { readonly view: CheckoutView; readonly visit: Visit; readonly failed: Failed | undefined }

/** The page of the customer's current step, with what was wrong with the last try. */
export const stepPage = (view: CheckoutView, visit: Visit, failed?: Failed): HttpAnswer =>
  page({
    title: titles[visit.step],
    status: failed ? 422 : 200,
    leadsTo: view.shopUrls,
    content: html`${summary(view)}
${progress(visit.step)}
<h1>${titles[visit.step]}</h1>
${failed ? html`<p class="problem" id="problem" role="alert">${failed.problem}</p>` : nothing}
${forms[visit.step]({ view, visit, failed })}
<div class="others">
${visit.step === 'bank' ? nothing : button('restart', 'Change bank', nothing)}
${button('cancel', 'Cancel', target(view))}
</div>`,
  })

const titles: Record<CheckoutStep, string> = {
  bank: 'Choose your bank',
  login: 'Log in',
  code: 'Enter your one-time code',
  confirm: 'Confirm the payment',
}

const labels: Record<CheckoutStep, string> = { bank: 'Bank', login: 'Log in', code: 'Code', confirm: 'Confirm' }

const progress = (current: CheckoutStep): Html => html`<ol class="steps" aria-label="Steps">
${checkoutSteps.map((step, index) => {
  if (step === current) return html`<li aria-current="step">${labels[step]}</li>`
  return html`<li${index < checkoutSteps.indexOf(current) ? html` class="done"` : nothing}>${labels[step]}</li>`
})}
</ol>`

const form = (step: CheckoutStep, content: Html, attributes: Html = nothing): Html =>
  html`<form method="post"${attributes}><input type="hidden" name="step" value="${step}">
${content}
</form>`

const button = (step: string, label: string, attributes: Html): Html =>
  html`<form method="post"${attributes}><button class="button quiet" name="step" value="${step}">${label}</button></form>`

const complaint = (failed: Failed | undefined): Html =>
  failed ? html` aria-invalid="true" aria-errormessage="problem"` : nothing

const forms: Record<CheckoutStep, (step: Step) => Html> = {
  bank: ({ view }) => {
    const banks = banksByCountry.get(view.country) ?? []
    const rows = banks.map(
      (bank) => html`<li><button class="choice" name="bank" value="${bank}">
<span class="initial" aria-hidden="true">${bank.slice(0, 1)}</span>${bank}</button></li>`,
    )
    return form('bank', html`<p class="soft">These banks are invented.</p><ul class="choices">${rows}</ul>`)
  },
  login: ({ visit, failed }) =>
    form(
      'login',
      html`<p class="soft">${visit.bank}</p>
<label for="login">User ID</label>
<input type="text" id="login" name="login" required autofocus autocomplete="off" autocapitalize="none" aria-describedby="login-hint"${complaint(failed)}>
<p class="hint" id="login-hint">Any text will do. It is not kept.</p>
<button class="button">Log in</button>`,
    ),
  code: ({ visit, failed }) =>
    form(
      'code',
      html`<p class="soft">${visit.bank}</p>
<div class="device">Your bank’s app would show<output id="one-time-code">${visit.code}</output></div>
<label for="code">One-time code</label>
<input type="text" id="code" name="code" required autofocus inputmode="numeric" autocomplete="off" aria-describedby="one-time-code"${complaint(failed)}>
<button class="button">Continue</button>`,
    ),
  confirm: ({ view, visit, failed }) => form('confirm', confirmFields({ view, visit, failed }), target(view)),
}

const confirmFields = ({ view, visit, failed }: Step): Html => {
  const { amount, currency, payee, outcomes } = view
  const chosen = outcomes.find(({ id }) => id === failed?.fields.get('outcome')) ?? outcomes[0]
  const options = outcomes.map(
    ({ id, label, explanation }) => html`<label class="option">
<input type="radio" name="outcome" value="${id}"${id === chosen.id ? html` checked` : nothing}>
<span>${label}<small>${explanation}</small></span></label>`,
  )
  const field = html`<label class="apart" for="amount">${amount === undefined ? 'Amount' : 'The other amount'}</label>
<input type="text" id="amount" name="amount" value="${failed?.fields.get('amount') ?? ''}" inputmode="decimal" autocomplete="off" aria-describedby="amount-hint"${complaint(failed)}>
<p class="hint" id="amount-hint">In ${currency}, for example ${currency === 'HUF' ? '2500' : '25.00'}</p>`
  return html`<p>${visit.bank} sends ${amount === undefined ? 'the amount below' : `${amount} ${currency}`} to ${payee}.</p>
${amount === undefined ? field : nothing}
<details${failed ? html` open` : nothing}><summary>Order options</summary>
<fieldset><legend class="hint">What becomes of this payment</legend>
${options}
${amount !== undefined && outcomes.some(({ asksAmount }) => asksAmount) ? field : nothing}
</fieldset></details>
<button class="button">${amount === undefined ? 'Pay' : `Pay ${amount} ${currency}`}</button>`
}

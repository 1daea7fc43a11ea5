import { type Html, html, nothing } from '../html.ts'
import type { HttpAnswer } from '../http-server.ts'
import { page } from '../page-shell.ts'
import { banksByCountry } from './banks.ts'
import type { CheckoutStep, Visit } from './checkout-visit.ts'
import { checkoutSteps } from './checkout-visit.ts'
import type { Order } from './ledger.ts'
import { formatAmount } from './money.ts'
import { outcomes } from './outcomes.ts'

type Step = { readonly order: Order; readonly visit: Visit; readonly problem: string | undefined }

/** The page of the customer's current step, with what was wrong with the last try. */
export const stepPage = (order: Order, visit: Visit, problem?: string): HttpAnswer =>
  page({
    title: titles[visit.step],
    status: problem === undefined ? 200 : 422,
    leadsTo: [order.terms.successUrl, order.terms.failUrl],
    content: html`${summary(order)}
${progress(visit.step)}
<h1>${titles[visit.step]}</h1>
${problem === undefined ? nothing : html`<p class="problem" id="problem" role="alert">${problem}</p>`}
${forms[visit.step]({ order, visit, problem })}
<div class="others">
${visit.step === 'bank' ? nothing : button('restart', 'Another bank', nothing)}
${button('cancel', 'Cancel', target(order))}
</div>`,
  })

const titles: Record<CheckoutStep, string> = {
  bank: 'Choose your bank',
  login: 'Log in',
  code: 'Enter your one-time code',
  confirm: 'Confirm the payment',
}

const labels: Record<CheckoutStep, string> = { bank: 'Bank', login: 'Log in', code: 'Code', confirm: 'Confirm' }

const summary = ({ terms: { payee, amount, currency } }: Order): Html =>
  html`<dl class="sum"><dt>${payee}</dt><dd>${amount === undefined ? currency : money(amount, currency)}</dd></dl>`

const money = (amount: bigint, currency: string): string => `${formatAmount(amount, currency)} ${currency}`

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

/** The frame in which the shop wants its pages. */
const target = ({ terms: { urlTarget } }: Order): Html =>
  urlTarget === undefined ? nothing : html` target="${urlTarget}"`

const complaint = (problem: string | undefined): Html =>
  problem === undefined ? nothing : html` aria-invalid="true" aria-errormessage="problem"`

const forms: Record<CheckoutStep, (step: Step) => Html> = {
  bank: ({ order }) => {
    const banks = banksByCountry.get(order.terms.country) ?? []
    const rows = banks.map(
      (bank) => html`<li><button class="choice" name="bank" value="${bank}">
<span class="initial" aria-hidden="true">${bank.slice(0, 1)}</span>${bank}</button></li>`,
    )
    return form('bank', html`<p class="soft">These banks are invented.</p><ul class="choices">${rows}</ul>`)
  },
  login: ({ visit, problem }) =>
    form(
      'login',
      html`<p class="soft">${visit.bank}</p>
<label for="login">User ID</label>
<input type="text" id="login" name="login" required autofocus autocomplete="off" autocapitalize="none" aria-describedby="login-hint"${complaint(problem)}>
<p class="hint" id="login-hint">Any text will do. It is not kept.</p>
<button class="button">Log in</button>`,
    ),
  code: ({ visit, problem }) =>
    form(
      'code',
      html`<p class="soft">${visit.bank}</p>
<div class="device">Your bank’s app would show<output id="one-time-code">${visit.code}</output></div>
<label for="code">One-time code</label>
<input type="text" id="code" name="code" required autofocus inputmode="numeric" autocomplete="off" aria-describedby="one-time-code"${complaint(problem)}>
<button class="button">Continue</button>`,
    ),
  confirm: ({ order, visit, problem }) => form('confirm', confirmFields({ order, visit, problem }), target(order)),
}

const confirmFields = ({ order, visit, problem }: Step): Html => {
  const { amount, currency, payee } = order.terms
  const options = outcomes.map(
    ({ id, label, explanation }, index) => html`<label class="option">
<input type="radio" name="outcome" value="${id}"${index === 0 ? html` checked` : nothing}>
<span>${label}<small>${explanation}</small></span></label>`,
  )
  const field = html`<label for="amount">${amount === undefined ? 'Amount' : 'The other amount'}</label>
<input type="text" id="amount" name="amount" inputmode="decimal" autocomplete="off" aria-describedby="amount-hint"${complaint(problem)}>
<p class="hint" id="amount-hint">In ${currency}, for example ${currency === 'HUF' ? '2500' : '25.00'}</p>`
  return html`<p>${visit.bank} sends ${amount === undefined ? 'the amount below' : money(amount, currency)} to ${payee}.</p>
${amount === undefined ? field : nothing}
<details${problem === undefined ? nothing : html` open`}><summary>Order options</summary>
<fieldset><legend class="hint">What becomes of this payment</legend>
${options}
${amount === undefined ? nothing : field}
</fieldset></details>
<button class="button">${amount === undefined ? 'Pay' : `Pay ${money(amount, currency)}`}</button>`
}

/** The page of an order that takes no more steps. */
export const closedPage = (order: Order): HttpAnswer => {
  const { title, text } = describeEnd(order)
  const cancelled = order.state === 'cancelled'
  const back = new URL(cancelled ? order.terms.failUrl : order.terms.successUrl).href
  return page({
    title,
    status: cancelled ? 410 : 200,
    content: html`${summary(order)}
<h1>${title}</h1>
<p>${text}</p>
<a class="button" href="${back}"${target(order)}>Back to the shop</a>`,
  })
}

const describeEnd = ({ state, expired }: Order): { readonly title: string; readonly text: string } => {
  switch (state) {
    case 'created':
    case 'pending':
      return { title: 'Payment on its way', text: 'You confirmed this payment. The money has not arrived yet.' }
    case 'credited':
      return { title: 'Payment complete', text: 'The money has arrived. There is nothing left to do here.' }
    case 'reversed':
      return { title: 'Payment taken back', text: 'The money arrived, and your bank took it back.' }
    case 'cancelled':
      return expired
        ? { title: 'Payment expired', text: 'This page was left alone for too long. Nothing was paid.' }
        : { title: 'Payment cancelled', text: 'Nothing was paid. Start again in the shop if you still want to pay.' }
    default:
      return state satisfies never
  }
}

export const unknownPage = (): HttpAnswer =>
  page({
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was started anew and has forgotten the payment.</p>`,
  })

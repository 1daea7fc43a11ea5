import { type Html, html, nothing } from '../platform/html.ts'
import type { HttpResponse } from '../platform/routes.ts'
import { accountsAt, banksByCountry } from './banks.ts'
import { checkoutPage } from './checkout-page.ts'
import { confirmForm } from './confirm-form.ts'
import { choice, form, problemAttributes } from './form.ts'
import { fill } from './languages/language.ts'
import { shortcuts } from './shortcuts.ts'
import { type CheckoutView, summary, target } from './view.ts'
import { type CheckoutStep, checkoutSteps, type RejectedStep, type Visit } from './visit.ts'

interface Step {
  readonly view: CheckoutView
  readonly visit: Visit
  readonly rejected: RejectedStep | undefined
}

/** The page of the customer's current step, with the problem of the last try. */
export const stepPage = (view: CheckoutView, visit: Visit, rejected?: RejectedStep): HttpResponse => {
  const { vendor, language, shopUrls } = view
  const { texts } = language
  const title = titleOf(visit, view)
  return checkoutPage({
    vendor,
    language,
    title: rejected ? `${texts.problem}: ${title}` : title,
    status: rejected ? 422 : 200,
    leadsTo: shopUrls,
    content: html`${summary(view)}
${progress(visit.step, view)}
<h1>${title}</h1>
${rejected ? html`<p class="problem" id="problem" role="alert">${texts[rejected.problem]}</p>` : nothing}
${forms[visit.step]({ view, visit, rejected })}
<div class="others">
${visit.step === 'bank' ? nothing : button('restart', texts.changeBank, nothing)}
${button('cancel', texts.cancel, target(view))}
</div>
${shortcuts(view)}`,
  })
}

const titleOf = ({ step }: Visit, { purpose = 'payment', language: { texts } }: CheckoutView): string => {
  switch (step) {
    case 'bank':
      return texts.chooseBank
    case 'login':
      return texts.logInToBank
    case 'account':
      return texts.chooseAccount
    case 'confirm':
      if (purpose === 'withdrawal') return texts.confirmWithdrawal
      if (purpose === 'mandate') return texts.signMandate
      return purpose === 'selection' ? texts.confirmAccount : texts.confirmPayment
    default:
      return step satisfies never
  }
}

const progress = (current: CheckoutStep, { language: { texts } }: CheckoutView): Html => {
  const labels: Record<CheckoutStep, string> = {
    bank: texts.stepBank,
    login: texts.stepLogIn,
    account: texts.stepAccount,
    confirm: texts.stepConfirm,
  }
  return html`<ol class="steps">
${checkoutSteps.map((step, index) => {
  if (step === current) return html`<li aria-current="step">${labels[step]}</li>`
  const done = index < checkoutSteps.indexOf(current)
  return done
    ? html`<li class="done">${labels[step]}<span class="unseen"> (${texts.done})</span></li>`
    : html`<li>${labels[step]}</li>`
})}
</ol>`
}

const button = (step: string, label: string, attributes: Html): Html =>
  html`<form method="post"${attributes}><button class="button quiet" name="step" value="${step}">${label}</button></form>`

const forms: Record<CheckoutStep, (step: Step) => Html> = {
  bank: ({ view: { country, language } }) => {
    const banks = (banksByCountry.get(country) ?? []).map((bank) =>
      choice({ name: 'bank', value: bank, label: html`${bank}`, sign: bank.slice(0, 1) }),
    )
    const name = new Intl.DisplayNames(language.tag, { type: 'region' }).of(country) ?? country
    return form(
      'bank',
      html`<p class="soft">${fill(language.texts.banksIn, { country: name })}</p>
<ul class="choices">${banks}</ul>`,
    )
  },
  login: ({ view: { language }, visit, rejected }) => {
    const { texts } = language
    return html`${form(
      'login',
      html`<p class="soft">${visit.bank}</p>
<label for="login">${texts.userId}</label>
<input type="text" id="login" name="login" required autofocus autocomplete="off" autocapitalize="none" aria-describedby="login-hint"${problemAttributes('login', rejected)}>
<p class="hint" id="login-hint">${texts.anyText}</p>
<button class="button">${texts.logIn}</button>`,
    )}${failingBank}`
  },
  account: ({ view: { language, purpose = 'payment' }, visit: { bank } }) => {
    const { texts } = language
    const accounts = accountsAt(bank).map(({ name, lastDigits }) => {
      const label = html`<span>${texts[name]}<small>${fill(texts.endingIn, { digits: lastDigits })}</small></span>`
      return choice({ name: 'account', value: lastDigits, label, sign: texts[name].slice(0, 1) })
    })
    const withoutMoney = choice({
      name: 'account',
      value: 'empty',
      label: html`<span>${texts.emptyAccount}</span>`,
      sign: texts.emptyAccount.slice(0, 1),
    })
    return form(
      'account',
      html`<p class="soft">${bank}</p><ul class="choices">${accounts}${purpose === 'payment' ? withoutMoney : nothing}</ul>`,
    )
  },
  confirm: (step) => confirmForm(step),
}

// The sandbox's own, as the shortcuts are.
const failingBank = html`<form method="post" class="failing" lang="en"><input type="hidden" name="step" value="login">
<button class="button quiet" name="failing" value="login">Fail: wrong login</button>
<button class="button quiet" name="failing" value="bank">Fail: the bank is down</button></form>`

import { type Html, html, nothing } from '../platform/html.ts'
import { form, problemAttributes } from './form.ts'
import { fill, formatNumber, formatSum } from './languages/language.ts'
import { type CheckoutView, movesMoney, payeeOf, target } from './view.ts'
import type { RejectedStep, Visit } from './visit.ts'

interface Confirming {
  readonly view: CheckoutView
  readonly visit: Visit
  readonly rejected: RejectedStep | undefined
}

/** The last step: the amount, the one-time code, and the order options. */
export const confirmForm = (confirming: Confirming): Html => {
  const { view, visit, rejected } = confirming
  const { amount, currency, language, purpose = 'payment' } = view
  const { texts } = language
  const asksAmount = amount === undefined && movesMoney(view)
  const sum = amount === undefined || !movesMoney(view) ? '' : formatSum(language, amount, currency)
  const action = { payment: texts.pay, withdrawal: texts.withdraw, selection: texts.useAccount, mandate: texts.sign }[
    purpose
  ]
  return form(
    'confirm',
    html`${parties(confirming)}
${purpose === 'mandate' ? html`<p>${fill(texts.mandateText, { payee: payeeOf(view) })}</p>` : nothing}
${asksAmount ? amountField(confirming, texts.amount, autofocus(rejected?.field !== 'code')) : nothing}
<div class="device">${texts.bankAppShows}<output id="one-time-code">${visit.code}</output></div>
<label for="code">${texts.oneTimeCode}</label>
<input type="text" id="code" name="code" value="${rejected?.fields.get('code') ?? ''}" required${autofocus(!asksAmount || rejected?.field === 'code')} inputmode="numeric" autocomplete="off" aria-describedby="one-time-code"${problemAttributes('code', rejected)}>
${orderOptions(confirming)}
<button class="button">${fill(action, { sum }).replace(/ {2,}/, ' ').trim()}</button>`,
    target(view),
  )
}

/** The two ends of the transfer. */
const parties = ({ view, visit }: Confirming): Html => {
  const { texts } = view.language
  const name = visit.account ? texts[visit.account.name] : ''
  const digits = fill(texts.endingIn, { digits: visit.account?.lastDigits ?? '' })
  const account = html`${visit.bank}, ${name}<small>${digits}</small>`
  const [from, to] =
    view.purpose === 'payment' || view.purpose === undefined
      ? [account, html`${payeeOf(view)}`]
      : [html`${payeeOf(view)}`, account]
  return html`<dl class="parties">${movesMoney(view) === false ? html`<dt>${texts.stepAccount}</dt><dd>${account}</dd>` : html`<dt>${texts.from}</dt><dd>${from}</dd><dt>${texts.to}</dt><dd>${to}</dd>`}</dl>`
}

const orderOptions = (confirming: Confirming): Html => {
  const { view, rejected } = confirming
  // Where the customer enters the amount anyway, no option asks for another one.
  const offered = view.outcomes.filter((outcome) => view.amount !== undefined || !outcome.asksAmount)
  if (offered.length === 1) return nothing
  const chosen = view.outcomes.find(({ id }) => id === rejected?.fields.get('outcome')) ?? view.outcomes[0]
  const options = offered.map(
    ({ id, label, explanation }) => html`<label class="option">
<input type="radio" name="outcome" value="${id}"${id === chosen.id ? html` checked` : nothing}>
<span>${label}<small>${explanation}</small></span></label>`,
  )
  const asksAmount = offered.some((outcome) => outcome.asksAmount)
  const open = rejected !== undefined && rejected.field !== 'code'
  return html`<details lang="en"${open ? html` open` : nothing}><summary>Order options</summary>
<fieldset><legend class="hint">What happens next</legend>
${options}
${asksAmount ? amountField(confirming, 'The other amount', nothing) : nothing}
</fieldset></details>`
}

const autofocus = (wanted: boolean): Html => (wanted ? html` autofocus` : nothing)

const amountField = ({ view: { currency, language }, rejected }: Confirming, label: string, focus: Html): Html => {
  const example = `${formatNumber(language, currency === 'HUF' ? '2500' : '25.00')} ${currency}`
  return html`<label class="apart" for="amount">${label}</label>
<input type="text" id="amount" name="amount" value="${rejected?.fields.get('amount') ?? ''}"${focus} inputmode="decimal" autocomplete="off" aria-describedby="amount-hint"${problemAttributes('amount', rejected)}>
<p class="hint" id="amount-hint">${fill(language.texts.example, { sum: example })}</p>`
}

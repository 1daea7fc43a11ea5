import { type Html, html, nothing } from '../platform/html.ts'
import { form, problemAttributes } from './form.ts'
import { type CheckoutView, target } from './view.ts'
import type { RejectedStep, Visit } from './visit.ts'

interface Confirming {
  readonly view: CheckoutView
  readonly visit: Visit
  readonly rejected: RejectedStep | undefined
}

/** The last step: the amount, the one-time code, and the order options. */
export const confirmForm = (confirming: Confirming): Html => {
  const { view, visit, rejected } = confirming
  const { amount, currency } = view
  const asksAmount = amount === undefined && view.purpose !== 'selection'
  const sum = amount === undefined ? undefined : `${amount} ${currency}`
  return form(
    'confirm',
    html`<p>${wayOf(view, sum)} your ${visit.account?.name ?? 'account'} at ${visit.bank}, number
ending in ${visit.account?.lastDigits ?? ''}.</p>
${asksAmount ? amountField(confirming, 'Amount', autofocus(rejected?.field !== 'code')) : nothing}
<div class="device">Your bank’s app would show<output id="one-time-code">${visit.code}</output></div>
<label for="code">One-time code</label>
<input type="text" id="code" name="code" value="${rejected?.fields.get('code') ?? ''}" required${autofocus(!asksAmount || rejected?.field === 'code')} inputmode="numeric" autocomplete="off" aria-describedby="one-time-code"${problemAttributes('code', rejected)}>
${orderOptions(confirming)}
<button class="button">${[verbs[view.purpose ?? 'payment'], sum].filter(Boolean).join(' ')}</button>`,
    target(view),
  )
}

const verbs = { payment: 'Pay', withdrawal: 'Withdraw', selection: 'Use this account' }

const wayOf = ({ purpose, payee }: CheckoutView, sum = 'The amount below'): string => {
  if (purpose === 'selection') return `${payee} will know`
  return purpose === 'withdrawal' ? `${sum} comes from ${payee} to` : `${sum} goes to ${payee} from`
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
  return html`<details${open ? html` open` : nothing}><summary>Order options</summary>
<fieldset><legend class="hint">What happens next</legend>
${options}
${asksAmount ? amountField(confirming, 'The other amount', nothing) : nothing}
</fieldset></details>`
}

const autofocus = (wanted: boolean): Html => (wanted ? html` autofocus` : nothing)

const amountField = ({ view: { currency }, rejected }: Confirming, label: string, focus: Html): Html =>
  html`<label class="apart" for="amount">${label}</label>
<input type="text" id="amount" name="amount" value="${rejected?.fields.get('amount') ?? ''}"${focus} inputmode="decimal" autocomplete="off" aria-describedby="amount-hint"${problemAttributes('amount', rejected)}>
<p class="hint" id="amount-hint">In ${currency}, for example ${currency === 'HUF' ? '2500' : '25.00'}</p>`

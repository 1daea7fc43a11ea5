import type { BalanceView, OperatorView } from '../operator/operator-view.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { livePart, table } from './parts.ts'

/** The merchants of each vendor, the address of its API, and the balances. */
export const merchantsPart = (views: readonly OperatorView[], controls: Controls): Html => {
  const rows = views.flatMap((view) => view.balances().map((balance) => cells(view, balance)))
  const forms = views.map((view) => setBalance(view, controls))
  return livePart({
    id: 'merchants',
    title: 'Merchants and balances',
    content: html`${table({ label: 'Merchants', head: ['Rail', 'Merchant', 'Balance', 'Address of the API'], rows, empty: 'None.' })}${forms}`,
  })
}

const cells = ({ name, url }: OperatorView, { merchant, money }: BalanceView): Html[] => {
  const sums = Object.entries(money).map(([currency, amount]) => html`<li>${amount} ${currency}</li>`)
  const has =
    sums.length === 0 ? html`<span class="soft">nothing yet</span>` : html`<ul class="plain-list">${sums}</ul>`
  return [html`${name}`, html`${merchant}`, has, html`<code>${url}</code>`]
}

const setBalance = (view: OperatorView, controls: Controls): Html => {
  const name = (field: string) => `${view.id}-${field}`
  const merchants = view.balances().map(({ merchant }) => html`<option>${merchant}</option>`)
  return html`<details id="set-balance-${view.id}"><summary>Set a merchant’s balance at ${view.name}</summary>${controls(
    {
      label: 'Set',
      about: `the balance at ${view.name}`,
      fields: { do: 'set-balance', vendor: view.id },
      content: html`<span><label for="${name('merchant')}">Merchant</label><select id="${name('merchant')}" name="merchant">${merchants}</select></span>
<span><label for="${name('amount')}">Balance</label><input type="text" id="${name('amount')}" name="amount" required placeholder="500.00" inputmode="decimal" autocomplete="off"></span>
<span><label for="${name('currency')}">Currency</label><input type="text" class="short" id="${name('currency')}" name="currency" required placeholder="EUR" maxlength="3" autocomplete="off"></span>`,
    },
  )}</details>`
}

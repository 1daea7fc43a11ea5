import type { Desk, DeskBalance } from '../operator/operator-view.ts'
import { type Html, html } from '../platform/html.ts'
import type { Controls } from './controls.ts'
import { livePart, table } from './parts.ts'

/** Who the vendors know, where they are called, and what each has. */
export const merchantsPart = (desks: readonly Desk[], controls: Controls): Html => {
  const rows = desks.flatMap((desk) => desk.balances().map((balance) => row(desk, balance)))
  const forms = desks.map((desk) => setBalance(desk, controls))
  return livePart({
    id: 'merchants',
    title: 'Merchants and balances',
    content: html`${table({ id: 'merchants', head: ['Vendor', 'Merchant', 'Balance', 'Address of the API'], rows, empty: 'None.' })}${forms}`,
  })
}

const row = ({ name, url }: Desk, { merchant, money }: DeskBalance): Html => {
  const sums = Object.entries(money).map(([currency, amount]) => html`<li>${amount} ${currency}</li>`)
  const has =
    sums.length === 0 ? html`<span class="soft">nothing yet</span>` : html`<ul class="plain-list">${sums}</ul>`
  return html`<tr><td>${name}</td><td>${merchant}</td><td class="sums">${has}</td><td class="long"><code>${url}</code></td></tr>`
}

const setBalance = (desk: Desk, controls: Controls): Html => {
  const name = (field: string) => `${desk.id}-${field}`
  const merchants = desk.balances().map(({ merchant }) => html`<option>${merchant}</option>`)
  return html`<details id="set-balance-${desk.id}"><summary>Give a merchant money at ${desk.name}</summary>${controls({
    label: 'Set',
    about: `the balance at ${desk.name}`,
    fields: { do: 'set-balance', vendor: desk.id },
    content: html`<span><label for="${name('merchant')}">Merchant</label><select id="${name('merchant')}" name="merchant">${merchants}</select></span>
<span><label for="${name('amount')}">Balance</label><input type="text" id="${name('amount')}" name="amount" required placeholder="500.00" inputmode="decimal" autocomplete="off"></span>
<span><label for="${name('currency')}">Currency</label><input type="text" class="short" id="${name('currency')}" name="currency" required placeholder="EUR" maxlength="3" autocomplete="off"></span>`,
  })}</details>`
}

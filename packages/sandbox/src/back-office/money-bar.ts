import type { MoneyView } from '../operator/operator-view.ts'
import { type Html, html } from '../platform/html.ts'

/** What became of credited money, as a bar and in words. An SVG, because a page's styles may not be inline. */
export const moneyBar = ({ credited, parts }: MoneyView): Html => {
  let start = 0
  const bars = parts.map(({ name, share }) => {
    const x = start
    start += share * 100
    return html`<rect class="money-${name}" x="${x.toFixed(3)}" y="0" width="${(share * 100).toFixed(3)}" height="10"></rect>`
  })
  return html`<div class="money"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<ul><li><strong>${credited}</strong> credited</li>
${parts.map(({ name, amount }) => html`<li><span class="swatch money-${name}" aria-hidden="true"></span>${amount} ${name}</li>`)}</ul></div>`
}

import { type Html, html, nothing } from '../platform/html.ts'

/** A body, pretty-printed where it is JSON or a form; then the text as it was sent can be shown too. */
export const messageBody = (id: string, body: string): Html => {
  if (body === '') return html`<p class="soft">Empty</p>`
  const pretty = prettyJson(body) ?? prettyForm(body)
  const raw = html`<details id="${id}-raw"><summary>As sent</summary>${text(body)}</details>`
  return html`${text(pretty ?? body)}${pretty === undefined || pretty === body ? nothing : raw}`
}

const text = (content: string): Html => html`<pre tabindex="0">${content}</pre>`

const prettyJson = (body: string): string | undefined => {
  if (!/^\s*[{[]/.test(body)) return undefined
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return undefined
  }
}

const prettyForm = (body: string): string | undefined => {
  if (!/^[\w.%+-]+=[^\s<]*$/.test(body)) return undefined
  const fields = [...new URLSearchParams(body)]
  const longest = Math.max(...fields.map(([name]) => name.length))
  return fields.map(([name, value]) => `${name.padEnd(longest)}  ${value}`).join('\n')
}

import { diffArrays } from 'diff'
import type { CallView } from '../operator/operator-view.ts'
import { type Html, html, nothing } from '../platform/html.ts'

/** The text that the signature must cover, and how the text that was signed differs from it. */
export const signedText = ({ right, wrongly }: NonNullable<CallView['signed']>): Html => {
  const marked = wrongly && markedParts(right, wrongly)
  return html`${marked ? html`<h3>Must be signed</h3>` : nothing}
<pre class="signed" tabindex="0">${marked ? marked.right : join(right)}</pre>
${
  marked
    ? html`<h3>Was signed</h3>
<pre class="signed" tabindex="0">${marked.wrong}</pre>
<p class="soft">Marked: the parts that are missing from the other text, or at another place.</p>`
    : nothing
}`
}

const markedParts = (right: readonly string[], wrongly: readonly string[]) => {
  const changes = diffArrays([...right], [...wrongly])
  if (changes.every(({ added, removed }) => !added && !removed)) return undefined
  return {
    right: changes.filter(({ added }) => !added).map(({ removed, value }) => part(value, 'del', removed)),
    wrong: changes.filter(({ removed }) => !removed).map(({ added, value }) => part(value, 'ins', added)),
  }
}

const part = (value: readonly string[], element: 'del' | 'ins', isMarked: boolean | undefined): Html => {
  if (!isMarked) return join(value)
  return element === 'del' ? html`<del>${join(value)}</del>` : html`<ins>${join(value)}</ins>`
}

// A line break between parts keeps words whole and is not part of the text.
const join = (parts: readonly string[]): Html => html`${parts.filter(Boolean).map((one) => html`${one}<wbr>`)}`

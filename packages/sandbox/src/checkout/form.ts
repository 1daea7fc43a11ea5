import { type Html, html, nothing } from '../platform/html.ts'
import type { CheckoutStep, Problem } from './visit.ts'

/** The form that submits a step. */
export const form = (step: CheckoutStep, content: Html, attributes: Html = nothing): Html =>
  html`<form method="post"${attributes}><input type="hidden" name="step" value="${step}">
${content}
</form>`

interface Choice {
  readonly name: string
  readonly value: string
  readonly label: Html
  readonly sign: string
}

/** A row of a list. A click submits the step. */
export const choice = ({ name, value, label, sign }: Choice): Html =>
  html`<li><button class="choice" name="${name}" value="${value}">
<span class="initial" aria-hidden="true">${sign}</span>${label}</button></li>`

/** The attributes of the field that caused the problem shown. */
export const problemAttributes = (field: string, rejected: Problem | undefined): Html =>
  rejected?.field === field ? html` aria-invalid="true" aria-errormessage="problem"` : nothing

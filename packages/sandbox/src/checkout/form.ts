import { type Html, html, nothing } from '../platform/html.ts'
import type { Problem } from './problem.ts'
import type { CheckoutStep } from './visit.ts'

/** The form that takes a step. */
export const form = (step: CheckoutStep, content: Html, attributes: Html = nothing): Html =>
  html`<form method="post"${attributes}><input type="hidden" name="step" value="${step}">
${content}
</form>`

type Choice = { readonly name: string; readonly value: string; readonly label: Html; readonly sign: string }

/** A row of a list whose click takes the step. */
export const choice = ({ name, value, label, sign }: Choice): Html =>
  html`<li><button class="choice" name="${name}" value="${value}">
<span class="initial" aria-hidden="true">${sign}</span>${label}</button></li>`

/** The attributes of a field that is to blame for the problem shown. */
export const complaint = (field: string, failed: Problem | undefined): Html =>
  failed?.field === field ? html` aria-invalid="true" aria-errormessage="problem"` : nothing

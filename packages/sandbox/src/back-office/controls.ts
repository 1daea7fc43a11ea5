import { type Html, html } from '../platform/html.ts'

/** A button that submits a form with the hidden `fields`; `content` precedes it. */
export interface Control {
  readonly label: string
  /** The object of the action, for screen readers. */
  readonly about?: string
  readonly fields: Readonly<Record<string, string>>
  readonly content?: Html
}

/** Creates the forms of a page. Each carries the token. */
export type Controls = (control: Control) => Html

export const createControls =
  (token: string): Controls =>
  ({ label, about = '', fields, content = html`` }) =>
    html`<form method="post" class="row">
${Object.entries({ token, ...fields }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${content}<button class="button plain">${label}${about === '' ? html`` : html`<span class="unseen"> ${about}</span>`}</button>
</form>`

import { type Html, html } from '../platform/html.ts'

/** A button that posts: `fields` go along unseen, `content` stands before it. */
export type Control = {
  readonly label: string
  /** What the button does, for those who hear it without its surroundings. */
  readonly about?: string
  readonly fields: Readonly<Record<string, string>>
  readonly content?: Html
}

/** Makes forms of a page: each carries the token, without which nothing is done. */
export type Controls = (control: Control) => Html

export const createControls =
  (token: string): Controls =>
  ({ label, about = '', fields, content = html`` }) =>
    html`<form method="post" class="row">
${Object.entries({ token, ...fields }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${content}<button class="button plain">${label}${about === '' ? html`` : html`<span class="unseen"> ${about}</span>`}</button>
</form>`

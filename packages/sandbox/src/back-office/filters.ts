import type { Found, Query } from '../operator/search.ts'
import { type Html, html, nothing } from '../platform/html.ts'
import { listAddress } from './paths.ts'

interface Choice {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: ReadonlyArray<readonly [value: string, label: string]>
}

interface Filters {
  readonly path: string
  readonly query: Query
  readonly hint: string
  readonly choices: readonly Choice[]
  /** The label of the filter for failures, where the list has one. */
  readonly failed?: string
}

/** The search of a list: a form whose fields are in the address of the page. */
export const filters = ({ path, query, hint, choices, failed }: Filters): Html => {
  const isFiltered = listAddress(path, { ...query, page: 1 }) !== path
  return html`<search><form class="filters" action="${path}">
<span class="grow"><label for="q">Search</label><input type="search" id="q" name="q" value="${query.text}" placeholder="${hint}" autocomplete="off"></span>
${choices.map(select)}
${failed === undefined ? nothing : html`<label class="check"><input type="checkbox" name="failed" value="1"${query.failed ? html` checked` : nothing}> ${failed}</label>`}
<button class="button">Search</button>
${isFiltered ? html`<a class="button plain" href="${path}">Show all</a>` : nothing}
</form></search>`
}

const select = ({ name, label, value, options }: Choice): Html =>
  html`<span><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">Any</option>
${options.map(([id, text]) => html`<option value="${id}"${id === value ? html` selected` : nothing}>${text}</option>`)}</select></span>`

/** The number of matches, and links to the pages of a list. A list of several pages has it above too: on a phone a page
 *  is long. */
export const pager = (
  path: string,
  query: Query,
  { total, page, pages }: Found<unknown>,
  place: 'above' | 'below',
): Html => {
  const count = total === 1 ? '1 entry' : `${total.toLocaleString('en-GB')} entries`
  if (pages === 1) return place === 'above' ? nothing : html`<p class="pager soft">${count}</p>`
  const link = (to: number, label: string) =>
    to < 1 || to > pages || to === page
      ? html`<span class="soft">${label}</span>`
      : html`<a href="${listAddress(path, { ...query, page: to })}">${label}</a>`
  return html`<nav class="pager" aria-label="Pages, ${place} the list">${link(1, 'First')}${link(page - 1, 'Newer')}
<span>Page ${String(page)} of ${String(pages)}, ${count}</span>${link(page + 1, 'Older')}${link(pages, 'Last')}</nav>`
}

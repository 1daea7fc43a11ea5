import { html } from '../platform/html.ts'
import type { Content } from './layout.ts'
import { backOfficePath, settingsPath } from './paths.ts'

/** The page of a path that does not exist. */
export const unknownPage: Content = {
  title: 'No such page',
  tab: undefined,
  status: 404,
  content: html`<h1>No such page</h1>
<p>Nothing is served at this address. Go to <a href="${backOfficePath}">the payments</a>, or see the addresses of the
vendors’ APIs in the <a href="${settingsPath}">settings</a>.</p>`,
}

export const noSuchPayment: Content = {
  title: 'No such payment',
  tab: undefined,
  status: 404,
  content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was restarted or has forgotten the payment to make room for newer ones. Go to
<a href="${backOfficePath}">the payments</a>.</p>`,
}

export const refused: Content = {
  title: 'Refused',
  tab: undefined,
  status: 403,
  content: html`<h1>Refused</h1>
<p>The form came from another page, or from before the sandbox was restarted. Go to
<a href="${backOfficePath}">the payments</a>.</p>`,
}

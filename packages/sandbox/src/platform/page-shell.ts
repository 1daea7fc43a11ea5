import { createHash } from 'node:crypto'
import { type Html, html, nothing } from './html.ts'
import { iconPath } from './icon.ts'
import { pageStyle } from './page-style.ts'
import type { HttpResponse } from './routes.ts'

export interface Page {
  readonly title: string
  /** Above the content; that of the kind unless given. */
  readonly header?: Html
  /** The language of the content, as in HTML: `en` unless given. */
  readonly language?: string
  readonly content: Html
  readonly status?: number
  /** Addresses outside the sandbox to which this page's forms may redirect. */
  readonly leadsTo?: readonly string[]
}

/** What the pages of one kind have in common. */
export interface PageKind {
  readonly name: string
  readonly header?: Html
  readonly style: string
  readonly script?: string
  /** Pages of other sites may embed it, as shops do with the checkout. Elsewhere that would allow clickjacking. */
  readonly embeddable?: true
}

/** Creates the pages of one kind. They have one style sheet and at most one script, and load nothing else. */
export const createPages = ({
  name,
  header: ofKind = nothing,
  style,
  script,
  embeddable,
}: PageKind): ((page: Page) => HttpResponse) => {
  const sheet = pageStyle + style
  const sources = [
    "default-src 'none'",
    `style-src ${hashOf(sheet)}`,
    "img-src 'self'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    ...(embeddable ? [] : ["frame-ancestors 'none'"]),
  ]
  return ({ title, header = ofKind, language = 'en', content, status = 200, leadsTo = [] }) => ({
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [...sources, formPolicy(leadsTo)].join('; '),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${name}</title>
<link rel="icon" href="${iconPath}" type="image/svg+xml">
<style>${{ markup: sheet }}</style>
</head>
<body>
${header}
<main id="main">
${content}
</main>${script === undefined ? nothing : html`\n<script type="module">${{ markup: script }}</script>`}
</body>
</html>
`.markup,
  })
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// Browsers apply form-action to the redirect after a form too.
const formPolicy = (leadsTo: readonly string[]): string =>
  `form-action ${["'self'", ...new Set(leadsTo.map(toSource))].join(' ')}`

// A policy cannot name an IPv6 host, so such an address allows its whole scheme.
const toSource = (address: string): string => {
  const { protocol, hostname, origin } = new URL(address)
  return /^[a-z0-9.-]+$/.test(hostname) ? origin : protocol
}

import { createHash } from 'node:crypto'
import { type Html, html } from './html.ts'
import type { HttpAnswer } from './http-server.ts'
import { pageStyle } from './page-style.ts'

type Page = {
  readonly title: string
  readonly content: Html
  readonly status?: number
  /** Addresses outside the sandbox that this page's forms may lead to. */
  readonly leadsTo?: readonly string[]
}

/** A hosted page: one style sheet, no script, nothing fetched from anywhere. */
export const page = ({ title, content, status = 200, leadsTo = [] }: Page): HttpAnswer => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy(leadsTo),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  body: html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – sandbox checkout</title>
<style>${{ markup: pageStyle }}</style>
</head>
<body>
<header class="sandbox"><strong>Sandbox checkout</strong><span>No real money moves</span></header>
<main>
${content}
</main>
</body>
</html>
`.markup,
})

const styleHash = createHash('sha256').update(pageStyle).digest('base64')

// Browsers hold form-action against the redirect after a form too. No frame-ancestors: shops may embed the page.
const policy = (leadsTo: readonly string[]): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    `form-action ${["'self'", ...new Set(leadsTo.map(toSource))].join(' ')}`,
  ].join('; ')

// A policy cannot name an IPv6 host, so such an address opens its whole scheme.
const toSource = (address: string): string => {
  const { protocol, hostname, origin } = new URL(address)
  return /^[a-z0-9.-]+$/.test(hostname) ? origin : protocol
}

import type { HttpResponse } from '../../platform/http-server.ts'

/** An element with text (a byte string) or with elements in it. */
export type XmlElement = readonly [name: string, content: string | readonly XmlElement[]]

/** How an answer is written, as the published ones are: `indented` (steps), `flat` (send_notification), `terse`, which
 *  is flat with `<empty/>` elements (lists). */
export type XmlLayout = 'indented' | 'flat' | 'terse'

/** An XML answer in ISO-8859-1: a byte string's bytes go out as they are. */
export const xmlAnswer = (root: XmlElement, layout: XmlLayout): HttpResponse => ({
  status: 200,
  headers: { 'Content-Type': 'text/xml; charset=ISO-8859-1' },
  body: Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${render(root, layout, '')}`, 'latin1'),
})

const render = ([name, content]: XmlElement, layout: XmlLayout, indent: string): string => {
  if (content === '' && layout === 'terse') return `${indent}<${name}/>\n`
  const deeper = layout === 'indented' ? `${indent}  ` : indent
  const inner =
    typeof content === 'string'
      ? escapeText(content)
      : `\n${content.map((element) => render(element, layout, deeper)).join('')}${indent}`
  return `${indent}<${name}>${inner}</${name}>\n`
}

// XML has no way to write most control characters.
const escapeText = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r\x80-\x9f]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

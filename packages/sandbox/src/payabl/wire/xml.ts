import type { HttpResponse } from '../../platform/routes.ts'

/** An element with text (a byte string) or with elements in it. */
export type XmlElement = readonly [name: string, content: string | readonly XmlElement[]]

/** The layouts of the published responses: `indented` (steps), `flat` (send_notification), and `terse`, which is flat with
 *  `<empty/>` elements (lists). */
export type XmlLayout = 'indented' | 'flat' | 'terse'

/** An XML response in ISO-8859-1: the bytes of a byte string are sent unchanged. */
export const xmlResponse = (root: XmlElement, layout: XmlLayout): HttpResponse => ({
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

// XML cannot represent most control characters.
const escapeText = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r\x80-\x9f]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

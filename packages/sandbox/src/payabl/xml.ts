import type { HttpAnswer } from '../http-server.ts'

/** An element with text (a byte string) or with elements in it. */
export type XmlElement = readonly [name: string, content: string | readonly XmlElement[]]

/** An XML answer in ISO-8859-1: a byte string's bytes go out as they are. */
export const xmlAnswer = (root: XmlElement): HttpAnswer => ({
  status: 200,
  headers: { 'Content-Type': 'text/xml; charset=ISO-8859-1' },
  body: Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${render(root, '')}`, 'latin1'),
})

const render = ([name, content]: XmlElement, indent: string): string => {
  const inner =
    typeof content === 'string'
      ? escapeText(content)
      : `\n${content.map((element) => render(element, `${indent}  `)).join('')}${indent}`
  return `${indent}<${name}>${inner}</${name}>\n`
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

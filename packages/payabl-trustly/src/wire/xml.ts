import { type Either, left, right } from '@railswitch/core/provider'
import type { XMLParser } from 'fast-xml-parser'
import { byteTextOf, decodeByteText } from './form.ts'

/** An XML body that cannot be read. Holds no text of it. */
export interface XmlFailure {
  readonly kind: 'xml'
  readonly reason: 'too-large' | 'has-doctype' | 'malformed'
}

/**
 * Elements as objects, texts trimmed and left as text; `<transaction>` below the root is always an array. Attributes are ignored.
 * A DOCTYPE is refused, so only XML's five own entities are expanded. The charset is that of the prolog (ISO-8859-1 at payabl);
 * without one, strict UTF-8 or else ISO-8859-1.
 */
export const parseXml = async (body: Uint8Array, maxBytes: number): Promise<Either<XmlFailure, unknown>> => {
  if (body.byteLength > maxBytes) return left({ kind: 'xml', reason: 'too-large' })
  const bytes = byteTextOf(body)
  const text = latin1Prolog.test(bytes) ? bytes : decodeByteText(bytes)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return left({ kind: 'xml', reason: 'has-doctype' })
  parser ??= await loadParser()
  try {
    return right(parser.parse(text, true))
  } catch {
    return left({ kind: 'xml', reason: 'malformed' })
  }
}

let parser: XMLParser | undefined

/** Loaded on first use: most processes never call tx_diagnose. */
const loadParser = async (): Promise<XMLParser> => {
  const { XMLParser } = await import('fast-xml-parser')
  return new XMLParser({
    parseTagValue: false,
    maxNestedTags: 8,
    isArray: (_, path) => path === 'response.transaction',
  })
}

const latin1Prolog = /^\s*<\?xml[^>]*encoding=["']iso-8859-1["']/i

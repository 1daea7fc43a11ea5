import { type Either, left, right } from '@railswitch/core/provider'
import { transliterate } from 'transliteration'

/**
 * `iso-8859-1` is what payabl demands; `utf-8` is what its public clients send (the same bytes for ASCII).
 * @see https://docs.payabl.com/docs/help (read 2026-11-21): "UTF-8 multibyte characters are NOT currently supported"
 */
export type Charset = 'iso-8859-1' | 'utf-8'

/**
 * How text becomes bytes. `onUnencodable`: what to do with a character that ISO-8859-1 does not have. `transliterate` respells
 * names and addresses (`Łukasz` → `Lukasz`) and refuses other fields; `refuse` refuses all.
 */
export interface Encoding {
  readonly charset: Charset
  readonly onUnencodable: 'transliterate' | 'refuse'
}

/** Text in which each character is one byte, U+0000 to U+00FF. It is hashed and percent-encoded. */
export type ByteText = string & { readonly [byteText]: true }
declare const byteText: unique symbol

/** A value that cannot be sent. Names the parameter, the rule and the fix, never the value. */
export interface EncodingFailure {
  readonly kind: 'unencodable'
  readonly field: string
  readonly rule: string
  readonly fix: string
}

/**
 * The text as payabl will read it, as Unicode text: length limits apply to it. Composed (NFC) for ISO-8859-1: `A` + ring becomes
 * `Å`, which has a byte.
 */
export const fitText = (field: string, text: string, encoding: Encoding): Either<EncodingFailure, string> => {
  if (controls.test(text))
    return refuse(field, 'has control characters, which cannot be sent', 'remove line breaks, tabs and the like')
  if (loneSurrogate.test(text)) return refuse(field, 'is not well-formed Unicode', 'pass the text undamaged')
  if (encoding.charset === 'utf-8' || !beyondLatin1.test(text)) return right(text)
  const composed = text.normalize('NFC')
  if (!beyondLatin1.test(composed)) return right(composed)
  if (!respellable.has(field))
    return refuse(field, latin1Rule, 'use ISO-8859-1 characters: another spelling would be another value of this field')
  if (encoding.onUnencodable === 'refuse')
    return refuse(field, latin1Rule, 'spell it in Western European letters, or allow transliteration')
  return respell(field, composed)
}

/** The bytes of fitted text. @see fitText, which proves that every character has one. */
export const toByteText = (text: string, charset: Charset): ByteText =>
  (charset === 'utf-8' && beyondAscii.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text) as ByteText

const controls = /\p{Cc}/u
const loneSurrogate = /\p{Surrogate}/u
const beyondAscii = /[^\0-\x7f]/
const beyondLatin1 = /[^\0-\xff]/
const beyondLatin1Runs = /[^\0-\xff]+/gu
/** Without one of these, part of the name is lost. Marks, joiners and ornaments can be left out. */
const carriesMeaning = /[\p{L}\p{N}\p{Co}\p{Cn}\ufffd]/u
const latin1Rule = 'has a character that is not in ISO-8859-1, the charset of payabl'

/** An e-mail address, a URL or an id with another spelling is another one. */
const respellable: ReadonlySet<string> = new Set([
  'firstname',
  'lastname',
  'accountname',
  'salutation',
  'title',
  'company',
  'street',
  'house',
  'postbox',
  'city',
  'state',
])

const respell = (field: string, text: string): Either<EncodingFailure, string> => {
  const lost = [...text].some(
    (char) => beyondLatin1.test(char) && carriesMeaning.test(char) && transliterate(char) === '',
  )
  // Only characters that do not fit are passed on: the library would turn `Ö` into `O`.
  const respelt = text.replace(beyondLatin1Runs, (run) => transliterate(run))
  return lost || respelt.trim() === '' || beyondLatin1.test(respelt) || controls.test(respelt)
    ? refuse(field, latin1Rule, 'give a Latin spelling: there is no known transliteration')
    : right(respelt)
}

const refuse = (field: string, rule: string, fix: string) => left({ kind: 'unencodable' as const, field, rule, fix })

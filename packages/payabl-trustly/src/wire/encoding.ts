import { type Either, left, right } from '@railswitch/core'
import { transliterate } from 'transliteration'

/** `iso-8859-1` is what payabl demands; `utf-8` is what its public clients send (the same bytes for ASCII).
 *  @see https://docs.payabl.com/docs/help (read 2026-11-21): "UTF-8 multibyte characters are NOT currently supported" */
export type Charset = 'iso-8859-1' | 'utf-8'

/** How text becomes bytes. `misfit` rules what ISO-8859-1 has no byte for, and only there: `transliterate` respells
 *  names and addresses (`Łukasz` → `Lukasz`) and refuses elsewhere; `refuse` refuses everywhere. */
export type Encoding = { readonly charset: Charset; readonly misfit: 'transliterate' | 'refuse' }

/** Text of which each character stands for one byte, U+0000 to U+00FF: what is hashed and what is percent-encoded. */
export type ByteText = string & { readonly [byteText]: true }
declare const byteText: unique symbol

/** A value that cannot be sent. Names the parameter, the rule and the way out; never the value. */
export type EncodingFailure = {
  readonly kind: 'unencodable'
  readonly field: string
  readonly rule: string
  readonly fix: string
}

/** The text as it will be read by payabl, still one string of characters: length limits apply to this.
 *  Composed (NFC) for ISO-8859-1, so that `A` + ring is `Å`, which has a byte. */
export const fitText = (field: string, text: string, encoding: Encoding): Either<EncodingFailure, string> => {
  if (controls.test(text))
    return refuse(field, 'has control characters, which are not sent', 'remove line breaks, tabs and the like')
  if (loneSurrogate.test(text)) return refuse(field, 'is not well-formed Unicode', 'pass the text undamaged')
  if (encoding.charset === 'utf-8' || !beyondLatin1.test(text)) return right(text)
  const composed = text.normalize('NFC')
  if (!beyondLatin1.test(composed)) return right(composed)
  if (!respellable.has(field))
    return refuse(field, latin1Rule, 'use ISO-8859-1 characters: respelling would change what this field points to')
  if (encoding.misfit === 'refuse')
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
/** Losing one of these loses a part of the name; marks, joiners and ornaments may go. */
const carriesMeaning = /[\p{L}\p{N}\p{Co}\p{Cn}\ufffd]/u
const latin1Rule = 'has a character that ISO-8859-1 lacks, which is what payabl reads'

/** An e-mail address, a URL or an id that is respelt is another address. */
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
  // Only what does not fit is handed over: the library would turn `Ö` into `O`.
  const respelt = text.replace(beyondLatin1Runs, (run) => transliterate(run))
  return lost || respelt.trim() === '' || beyondLatin1.test(respelt) || controls.test(respelt)
    ? refuse(field, latin1Rule, 'give a Latin spelling: we do not know it')
    : right(respelt)
}

const refuse = (field: string, rule: string, fix: string) => left({ kind: 'unencodable' as const, field, rule, fix })

import { createHash } from 'node:crypto'
import { type CommonMistake, headMistake, jsonEscape, mistake } from './common-mistake.ts'
import type { SigningSteps } from './signing-steps.ts'

const onlyTogether = 'concatenate everything, without anything between'
const inUtf8 = 'encode the text in UTF-8, once, both to sign and to send'

const heads: readonly CommonMistake[] = [
  headMistake('head_missing', 'method and UUID are missing before the data', () => ''),
  headMistake('method_missing', 'the method is missing before the UUID', (_, uuid) => uuid),
  headMistake('uuid_missing', 'the UUID is missing after the method', (method) => method),
  headMistake('uuid_first', 'the UUID is before the method', (method, uuid) => uuid + method),
  headMistake('wrong_method', 'the method is in lower case in the text', (method, uuid) => method.toLowerCase() + uuid),
  headMistake('wrong_method', 'the method begins with a capital in the text', (method, uuid) => capital(method) + uuid),
  headMistake('wrong_uuid', 'the UUID is in upper case in the text', (method, uuid) => method + uuid.toUpperCase()),
  headMistake('wrong_uuid', 'the UUID is in lower case in the text', (method, uuid) => method + uuid.toLowerCase()),
  headMistake('wrong_uuid', 'the UUID has no dashes in the text', (method, uuid) => method + uuid.replaceAll('-', '')),
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const together = (code: string, rule: string, whole: SigningSteps['whole']): CommonMistake =>
  mistake(code, rule, onlyTogether, { whole })

const wholes: readonly CommonMistake[] = [
  together('white_space', 'the text ends in a line break', (start, body) => `${start}${body}\n`),
  together('white_space', 'the text ends in a line break (CRLF)', (start, body) => `${start}${body}\r\n`),
  together('white_space', 'a space is before the data', (start, body) => `${start} ${body}`),
  together('white_space', 'a line break is before the data', (start, body) => `${start}\n${body}`),
  together('head_last', 'method and UUID are behind the data', (start, body) => body + start),
]

const jsonInstead = 'sign names and values concatenated, as `railswitch trustly plaintext` prints them'

const bodies: readonly CommonMistake[] = [
  mistake('json_signed', 'the JSON of the data is signed', jsonInstead, { body: ({ written }) => written() }),
  mistake('json_signed', 'the JSON of the data is signed', jsonInstead, { body: ({ plain }) => JSON.stringify(plain) }),
  mistake('json_signed', 'the JSON of the data is signed', jsonInstead, {
    body: ({ plain }) =>
      JSON.stringify(plain)
        .replaceAll('/', '\\/')
        .replace(/[^ -~]/g, jsonEscape),
  }),
]

const hex = (hash: string) => (text: string) => Buffer.from(createHash(hash).update(text).digest('hex'))
const raw = (hash: string) => (text: string) => createHash(hash).update(text).digest()
const hashOnce = 'pass the text itself to the signing function, which hashes it'

const encodings: readonly CommonMistake[] = [
  // First, because the next one makes the same bytes of a message that is garbled already.
  mistake('read_as_latin1', 'the message was UTF-8, and has been read as Latin-1 since', inUtf8, {
    encoded: (text) => Buffer.from(Buffer.from(text, 'latin1').toString('utf8'), 'utf8'),
  }),
  mistake('latin1', 'the text is encoded in Latin-1', inUtf8, { encoded: (text) => Buffer.from(text, 'latin1') }),
  mistake('encoded_twice', 'UTF-8 is taken for Latin-1 and encoded again', inUtf8, {
    encoded: (text) => Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8'),
  }),
  mistake('utf16', 'the text is encoded in UTF-16', inUtf8, { encoded: (text) => Buffer.from(text, 'utf16le') }),
  mistake('ascii', 'characters beyond ASCII are question marks in the text', inUtf8, {
    encoded: (text) => Buffer.from(text.replace(/[^\0-\x7f]/gu, '?')),
  }),
  ...['sha1', 'sha256'].flatMap((hash) => [
    mistake('hashed_twice', `the text is hashed (${hash}) before it is signed`, hashOnce, { encoded: hex(hash) }),
    mistake('hashed_twice', `the text is hashed (${hash}) before it is signed`, hashOnce, { encoded: raw(hash) }),
  ]),
]

/** Mistakes around the data, the most common first: encoding, method and UUID, white space, JSON. */
export const frameMistakes: readonly CommonMistake[] = [...encodings, ...heads, ...wholes, ...bodies]

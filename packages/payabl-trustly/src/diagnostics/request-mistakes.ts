import { hash } from 'node:crypto'
import { compare } from '@railswitch/core/provider'
import { type HashedPart, shownName } from './masked-text.ts'

/** A request's parameters as sent, without the signature; values as bytes, one per character. */
interface SentRequest {
  readonly parts: readonly HashedPart[]
  readonly secret: string
}

/** The known mistake that makes exactly this signature, or null. Its hash proves it. */
export const requestMistake = (signature: string, sent: SentRequest): string | null => {
  const given = signature.toLowerCase()
  if (given === sha1(sorted(sent), sent.secret)) return 'It is in upper case.'
  const found = [...mistakes, ...formatMistakes(sent), ...leftOut(sent)].find(({ made }) => made(sent) === given)
  return found?.text ?? null
}

interface Mistake {
  readonly text: string
  readonly made: (sent: SentRequest) => string
}

const sha1 = (parts: readonly HashedPart[], secret: string): string => digest('sha1', valuesOf(parts) + secret)

const digest = (algorithm: 'sha1' | 'sha256' | 'md5', bytes: string): string =>
  hash(algorithm, Buffer.from(bytes, 'latin1'), 'hex')

const valuesOf = (parts: readonly HashedPart[]): string => parts.map(([, value]) => value).join('')

const sorted = ({ parts }: SentRequest, order = compare) => parts.toSorted(([one], [other]) => order(one, other))

const revalued = (sent: SentRequest, change: (value: string, name: string) => string): readonly HashedPart[] =>
  sorted(sent).map(([name, value]) => [name, change(value, name)])

const latin1ToUtf8 = (bytes: string): string => Buffer.from(bytes, 'utf8').toString('latin1')
const utf8ToLatin1 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')
const escaped = (bytes: string): string =>
  encodeURIComponent(Buffer.from(bytes, 'latin1').toString('utf8')).replaceAll('%20', '+')
const pairs = (parts: readonly HashedPart[]): string => parts.map(([name, value]) => `${name}=${value}`).join('&')

/** Common mistakes. @see https://docs.payabl.com/docs/help (read 2026-11-21) */
const mistakes: readonly Mistake[] = [
  {
    text: 'The values are hashed as they are sent, not sorted by name.',
    made: ({ parts, secret }) => sha1(parts, secret),
  },
  {
    text: 'The secret is in front of the values, not behind them.',
    made: (sent) => digest('sha1', sent.secret + valuesOf(sorted(sent))),
  },
  { text: 'The secret is left out.', made: (sent) => sha1(sorted(sent), '') },
  { text: 'The names are hashed too.', made: (sent) => digest('sha1', pairs(sorted(sent)) + sent.secret) },
  { text: 'Names and values are hashed by MD5.', made: (sent) => digest('md5', pairs(sorted(sent)) + sent.secret) },
  {
    text: 'It is a SHA-256: requests are signed by SHA-1.',
    made: (sent) => digest('sha256', valuesOf(sorted(sent)) + sent.secret),
  },
  {
    text: 'It is an MD5: requests are signed by SHA-1.',
    made: (sent) => digest('md5', valuesOf(sorted(sent)) + sent.secret),
  },
  {
    text: 'The values are hashed as they are escaped in the body, not decoded.',
    made: (sent) => sha1(revalued(sent, escaped), sent.secret),
  },
  {
    text: 'The values are hashed in UTF-8 and sent in ISO-8859-1.',
    made: (sent) => sha1(revalued(sent, latin1ToUtf8), sent.secret),
  },
  {
    text: 'The values are hashed in ISO-8859-1 and sent in UTF-8.',
    made: (sent) => sha1(revalued(sent, utf8ToLatin1), sent.secret),
  },
  {
    text: 'The values are trimmed before they are hashed, and sent untrimmed.',
    made: (sent) =>
      sha1(
        revalued(sent, (value) => value.trim()),
        sent.secret,
      ),
  },
  { text: 'The secret is hashed with white space behind it.', made: (sent) => sha1(sorted(sent), `${sent.secret}\n`) },
  {
    text: 'The names are sorted by a locale, not by their bytes.',
    made: (sent) =>
      sha1(
        sorted(sent, (one, other) => one.localeCompare(other)),
        sent.secret,
      ),
  },
]

/** `8.5` and `8.50` are different texts to hash. */
const formatMistakes = ({ parts }: SentRequest): readonly Mistake[] =>
  parts.flatMap(([name, value]) =>
    name === 'amount' && Number.isFinite(Number(value))
      ? [String(Number(value)), Number(value).toFixed(2), String(Math.round(Number(value) * 100))].map((other) => ({
          text: `The amount is hashed as ${other} and sent as ${value}.`,
          made: (sent: SentRequest) =>
            sha1(
              revalued(sent, (text, its) => (its === 'amount' ? other : text)),
              sent.secret,
            ),
        }))
      : [],
  )

const leftOut = ({ parts }: SentRequest): readonly Mistake[] =>
  parts
    .filter(([, value]) => value !== '')
    .map(([name]) => ({
      text: `The value of ${shownName(name)} is left out of the hash, or was added afterwards.`,
      made: (sent) =>
        sha1(
          sorted(sent).filter(([its]) => its !== name),
          sent.secret,
        ),
    }))

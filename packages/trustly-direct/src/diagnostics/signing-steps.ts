import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { rawMember } from './raw-member.ts'
import type { ReceivedMessage } from './received-message.ts'

/** The steps that turn a message into the bytes that are hashed. A mistake replaces one or more of them. */
export interface SigningSteps {
  readonly sorted: (names: string[]) => string[]
  /** Whether a member is part of the text. `path` ends in its name. */
  readonly kept: (value: JsonValue, path: readonly string[]) => boolean
  /** Names that are part of the text although the message does not have them. */
  readonly added: readonly string[]
  readonly member: (name: string, value: string) => string
  readonly listed: (items: string[]) => string[]
  readonly string: (text: string) => string
  readonly number: (lexeme: string) => string
  readonly boolean: (value: boolean) => string
  readonly nothing: string
  readonly head: (method: string, uuid: string) => string
  readonly body: (forms: Forms) => string
  readonly whole: (head: string, body: string) => string
  readonly encoded: (text: string) => Buffer
}

/** The forms of `data` that may have been signed. */
export interface Forms {
  readonly canonical: () => string
  readonly written: () => string
  readonly plain: unknown
}

/** The documented steps. @see https://docs.trustly.com/api/authentication (read 2026-11-21) */
export const documentedSteps: SigningSteps = {
  sorted: (names) => names.sort(),
  kept: () => true,
  added: [],
  member: (name, value) => name + value,
  listed: (items) => items,
  string: (text) => text,
  number: (lexeme) => lexeme,
  boolean: String,
  nothing: '',
  head: (method, uuid) => method + uuid,
  body: ({ canonical }) => canonical(),
  whole: (head, body) => head + body,
  encoded: (text) => Buffer.from(text, 'utf8'),
}

/** The bytes that these steps hash for a message. */
export const hashedBytes = (message: ReceivedMessage, steps: SigningSteps): Buffer => {
  const { method, uuid, data, plainData, path, text } = message
  const body = steps.body({
    canonical: () => spelled(data, plainData, [], steps),
    written: () => rawMember(text, path),
    plain: plainData,
  })
  return steps.encoded(steps.whole(steps.head(method ?? '', uuid ?? ''), body))
}

const spelled = (value: JsonValue, plain: unknown, path: readonly string[], steps: SigningSteps): string => {
  if (value === null) return steps.nothing
  if (typeof value === 'boolean') return steps.boolean(value)
  if (typeof value === 'string') return typeof plain === 'number' ? steps.number(value) : steps.string(value)
  if (isJsonObject(value)) return spelledMembers(value, plain, path, steps)
  return steps.listed(value.map((item, index) => spelled(item, Object(plain)[index], path, steps))).join('')
}

const spelledMembers = (value: JsonObject, plain: unknown, path: readonly string[], steps: SigningSteps): string => {
  const kept = Object.keys(value).filter((name) => steps.kept(value[name] ?? null, [...path, name]))
  const added = path.length === 0 ? steps.added.filter((name) => !Object.hasOwn(value, name)) : []
  return steps
    .sorted([...kept, ...added])
    .map((name) => steps.member(name, spelled(value[name] ?? null, Object(plain)[name], [...path, name], steps)))
    .join('')
}

import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { rawMember } from './raw-member.ts'
import type { ReceivedMessage } from './received-message.ts'

/** How somebody makes the bytes that are hashed: Trustly's way, or one that went wrong somewhere. */
export interface Habits {
  readonly sorted: (names: string[]) => string[]
  /** Whether a member is in the text; `path` ends in its name. */
  readonly kept: (value: JsonValue, path: readonly string[]) => boolean
  /** Names that stand in the text although the message lacks them. */
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

/** What may have been taken for the text of `data`. */
export interface Forms {
  readonly canonical: () => string
  readonly written: () => string
  readonly plain: unknown
}

/** @see https://docs.trustly.com/api/authentication (read 2026-11-21) */
export const vendorHabits: Habits = {
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

/** What is hashed for a message, by these habits. */
export const hashedBytes = (message: ReceivedMessage, habits: Habits): Buffer => {
  const { method, uuid, data, plainData, path, text } = message
  const body = habits.body({
    canonical: () => spelled(data, plainData, [], habits),
    written: () => rawMember(text, path),
    plain: plainData,
  })
  return habits.encoded(habits.whole(habits.head(method ?? '', uuid ?? ''), body))
}

const spelled = (value: JsonValue, plain: unknown, path: readonly string[], habits: Habits): string => {
  if (value === null) return habits.nothing
  if (typeof value === 'boolean') return habits.boolean(value)
  if (typeof value === 'string') return typeof plain === 'number' ? habits.number(value) : habits.string(value)
  if (isJsonObject(value)) return spelledMembers(value, plain, path, habits)
  return habits.listed(value.map((item, index) => spelled(item, Object(plain)[index], path, habits))).join('')
}

const spelledMembers = (value: JsonObject, plain: unknown, path: readonly string[], habits: Habits): string => {
  const kept = Object.keys(value).filter((name) => habits.kept(value[name] ?? null, [...path, name]))
  const added = path.length === 0 ? habits.added.filter((name) => !Object.hasOwn(value, name)) : []
  return habits
    .sorted([...kept, ...added])
    .map((name) => habits.member(name, spelled(value[name] ?? null, Object(plain)[name], [...path, name], habits)))
    .join('')
}

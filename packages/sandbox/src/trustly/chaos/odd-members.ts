import type { Draw } from '../../chaos/random.ts'
import type { Json, JsonRecord } from './json.ts'

const absent = Symbol('absent')
type Odd = Json | typeof absent

const nothing: readonly Odd[] = [null, '', absent]

/** A notification's data with its optional members drawn from what they might be. Ids, money, the account of an
 *  `account` and the reason of an abort stay: what is odd may cost a reader that member, and nothing else.
 *  @see https://docs.trustly.com/api/notifications-overview */
export const withOddMembers = (method: string, data: JsonRecord, draw: Draw): JsonRecord => {
  const odd = (name: string, choices: readonly Odd[]) => [name, draw(name, choices)] as const
  const isUnused = (name: string) => data[name] === undefined
  const members: ReadonlyArray<readonly [string, Odd]> = [
    ...Object.entries(data),
    ...['accountid', 'abort', 'kycentityid'].filter(isUnused).map((name) => odd(name, nothing)),
    ...(method === 'cancel' ? ['amount', 'currency'].filter(isUnused).map((name) => odd(name, nothing)) : []),
    ...(method === 'kyc' ? [odd('kycentityid', [data.kycentityid ?? null, ...nothing])] : []),
    odd('timestamp', momentsOf(data.timestamp)),
    ['attributes', attributesOf(method, data.attributes, draw)],
  ]
  return present(members)
}

/** The vendor's own form first, then others that a clock could have. */
const momentsOf = (timestamp: Json | undefined): readonly Odd[] => {
  const time = Date.parse(String(timestamp).replace(' ', 'T').replace(/\+00$/, 'Z'))
  if (timestamp === undefined || Number.isNaN(time)) return nothing
  const seconds = Math.floor(time / 1000)
  return [timestamp, ...nothing, new Date(time).toISOString(), seconds, String(seconds)]
}

const attributesOf = (method: string, attributes: Json | undefined, draw: Draw): Odd => {
  if (method === 'account') return attributes ?? absent
  if (method !== 'kyc') return draw('attributes', [attributes ?? absent, ...nothing, [], {}])
  const person = Object.entries((attributes ?? {}) as JsonRecord)
  if (person.some(([name]) => name === 'abort')) return attributes ?? absent
  return present(person.map(([name, value]) => [name, draw(name, [value, ...nothing])]))
}

/** The last of a name counts. */
const present = (members: ReadonlyArray<readonly [string, Odd]>): JsonRecord =>
  Object.fromEntries([...new Map(members)].filter((member): member is [string, Json] => member[1] !== absent))

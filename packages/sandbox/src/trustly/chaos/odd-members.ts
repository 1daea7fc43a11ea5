import type { Draw } from '../../chaos/random.ts'
import type { JsonData, JsonValue } from '../wire/envelope.ts'

const absent = Symbol('absent')
type Odd = JsonValue | typeof absent

const nothing: readonly Odd[] = [null, '', absent]

/** A notification's data with its optional members drawn from possible values. Ids, money, the account of an `account`
 *  and the reason of an abort do not change, so a reader may lose an optional member but nothing else.
 *  @see https://docs.trustly.com/api/notifications-overview */
export const withOddMembers = (method: string, data: JsonData, draw: Draw): JsonData => {
  const odd = (name: string, choices: readonly Odd[]) => [name, draw(name, choices)] as const
  const isUnused = (name: string) => data[name] === undefined
  const members: ReadonlyArray<readonly [string, Odd]> = [
    ...Object.entries(data),
    ...['accountid', 'abort', 'kycentityid'].filter(isUnused).map((name) => odd(name, nothing)),
    ...(method === 'cancel' ? ['amount', 'currency'].filter(isUnused).map((name) => odd(name, nothing)) : []),
    ...(method === 'kyc' ? [odd('kycentityid', [data.kycentityid ?? null, ...nothing])] : []),
    odd('timestamp', timestampsFor(data.timestamp)),
    ['attributes', attributesOf(method, data.attributes, draw)],
  ]
  return present(members)
}

/** The vendor's own form first, then other forms of a timestamp. */
const timestampsFor = (timestamp: JsonValue | undefined): readonly Odd[] => {
  const time = Date.parse(String(timestamp).replace(' ', 'T').replace(/\+00$/, 'Z'))
  if (timestamp === undefined || Number.isNaN(time)) return nothing
  const seconds = Math.floor(time / 1000)
  return [timestamp, ...nothing, new Date(time).toISOString(), seconds, String(seconds)]
}

const attributesOf = (method: string, attributes: JsonValue | undefined, draw: Draw): Odd => {
  if (method === 'account') return attributes ?? absent
  if (method !== 'kyc') return draw('attributes', [attributes ?? absent, ...nothing, [], {}])
  const person = Object.entries((attributes ?? {}) as JsonData)
  if (person.some(([name]) => name === 'abort')) return attributes ?? absent
  return present(person.map(([name, value]) => [name, draw(name, [value, ...nothing])]))
}

/** The last value of a name counts. */
const present = (members: ReadonlyArray<readonly [string, Odd]>): JsonData =>
  Object.fromEntries([...new Map(members)].filter((member): member is [string, JsonValue] => member[1] !== absent))

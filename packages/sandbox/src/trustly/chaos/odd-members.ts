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

/** A notification's data in which every optional member is null. Ids and money do not change, nor the account of an
 *  `account` and the reason of an abort. */
export const withNullMembers = (method: string, data: JsonData): JsonData => {
  const added = ['accountid', 'abort', 'kycentityid', ...(method === 'cancel' ? ['amount', 'currency'] : [])]
  const keptAccount = method === 'account' ? ['accountid'] : []
  const optional = [
    ...added.filter((name) => !keptAccount.includes(name)),
    'enduserid',
    'timestamp',
    'errorcode',
    'errormessage',
  ]
  const present = optional.filter((name) => name in data || added.includes(name))
  return {
    ...data,
    ...Object.fromEntries(present.map((name) => [name, null])),
    ...('attributes' in data && { attributes: nullAttributes(method, data.attributes) }),
  }
}

const nullAttributes = (method: string, attributes: JsonValue | undefined): JsonValue => {
  if (method === 'account') return attributes ?? null
  if (method !== 'kyc') return null
  const person = Object.entries((attributes ?? {}) as JsonData)
  const isAbort = person.some(([name]) => name === 'abort')
  return isAbort ? (attributes ?? null) : Object.fromEntries(person.map(([name]) => [name, null]))
}

/** The vendor's own form first, then other forms of a timestamp. */
const timestampsFor = (timestamp: JsonValue | undefined): readonly Odd[] => {
  const time = Date.parse(
    String(timestamp)
      .replace(' ', 'T')
      .replace(/([+-]\d\d)$/, '$1:00'),
  )
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

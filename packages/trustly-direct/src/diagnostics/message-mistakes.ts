import { methods } from '../client/methods/methods.ts'
import { isJsonObject, type JsonValue } from '../wire/json-text.ts'
import { type CommonMistake, headMistake, mistake } from './common-mistake.ts'
import type { ReceivedMessage } from './received-message.ts'

/** Mistakes that depend on the message's members: what was added after signing, or lost since. */
export const messageMistakes = ({ data, method }: ReceivedMessage): readonly CommonMistake[] => [
  ...memberPaths(data).map((path) =>
    mistake(
      'member_unsigned',
      `${path.join('.')} is in the message, but not in the text: it was added after signing`,
      'sign the data after its last change, and change nothing after that',
      { kept: (_, at) => at.join('.') !== path.join('.') },
    ),
  ),
  mistake(
    'credentials_unsigned',
    'Username and Password are in the message, but not in the text',
    'put them into Data before signing',
    { kept: (_, path) => path.length > 1 || (path[0] !== 'Username' && path[0] !== 'Password') },
  ),
  ...optional.map((name) =>
    mistake(
      'member_lost',
      `${name} is in the text without a value, but not in the message`,
      'sign exactly what is sent: a null that is not sent must not be signed either',
      { added: [name] },
    ),
  ),
  ...idsIn(data).map(([name, id]) =>
    headMistake('wrong_uuid', `the value of ${name} is in place of the UUID`, (given) => given + id),
  ),
  ...Object.keys({ ...methods, ...notifications })
    .filter((other) => other !== method)
    .map((other) => headMistake('wrong_method', `the text begins with the method ${other}`, (_, uuid) => other + uuid)),
]

/** Members that are sometimes null or absent. */
const optional = ['Attributes', 'attributes', 'Currency', 'rejected', 'eta', 'enduserid', 'message', 'OrderID']

const notifications = {
  account: 0,
  cancel: 0,
  credit: 0,
  debit: 0,
  kyc: 0,
  payoutconfirmation: 0,
  payoutfailed: 0,
  pending: 0,
}

const memberPaths = (data: JsonValue): readonly (readonly string[])[] =>
  isJsonObject(data)
    ? Object.entries(data).flatMap(([name, value]) => [
        [name],
        ...(isJsonObject(value) ? Object.keys(value).map((inner) => [name, inner]) : []),
      ])
    : []

/** Values that may be mistaken for the UUID, which is beside the data. */
const idsIn = (data: JsonValue): readonly (readonly [string, string])[] =>
  isJsonObject(data)
    ? Object.entries(data).flatMap(([name, value]) =>
        /id$/i.test(name) && typeof value === 'string' ? [[name, value] as const] : [],
      )
    : []

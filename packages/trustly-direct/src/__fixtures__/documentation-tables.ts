import { readFileSync } from 'node:fs'
import { type NotificationKind, notificationKinds } from '../callbacks/notification-kinds.ts'
import { type AccountShape, clearingHouses } from '../client/methods/clearing-houses.ts'
import type { Description } from '../client/methods/method-schema.ts'
import { descriptionOf, methods, type TrustlyMethod } from '../client/methods/methods.ts'
import type { Fields } from '../client/field-rules.ts'
import { errorsOfEveryCall, errorsOfField } from '../client/methods/shared-fields.ts'
import { trustlyErrors, unnumberedErrors } from '../error-codes.ts'
import { type NotificationRow, notificationRows, type RootKind } from './notification-rows.ts'

const names = Object.keys(methods) as TrustlyMethod[]
const described = names.map((method) => ({ method, ...descriptionOf(method) }))

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
const code = (words: readonly (string | number)[]): string => words.map((word) => `\`${word}\``).join(' ')

const errorsOf = ({ data, attributes, errors }: Description): readonly (number | string)[] => {
  const ofFields = [...Object.keys(data), ...Object.keys(attributes)].flatMap((name) => errorsOfField[name] ?? [])
  const numbers = [...new Set([...ofFields, ...errors.filter((error) => typeof error === 'number')])]
  return [...numbers.sort((a, b) => a - b), ...errors.filter((error) => typeof error === 'string')]
}

const responseOf = ({ response }: Description): string => {
  const shape = (response as { readonly shape?: object; readonly element?: { readonly shape: object } }).shape
  if (shape) return code(Object.keys(shape))
  return `a list of ${code(Object.keys((response as unknown as { readonly element: { readonly shape: object } }).element.shape))}`
}

const methodTable = () =>
  table(
    ['method', 'what it does', 'response', '`rejected`', 'errors in addition to those of every call', 'source'],
    described.map((one) => [
      `\`${one.method}\``,
      one.note === undefined ? one.does : `${one.does}. ${one.note.charAt(0).toUpperCase()}${one.note.slice(1)}`,
      responseOf(one),
      (one.rejections ?? []).map((word) => (/^[A-Z_]+$/.test(word) ? `\`${word}\`` : word)).join(' '),
      errorsOf(one).join(' '),
      one.source.startsWith('https:') ? `[page](${one.source})` : one.source,
    ]),
  )

interface Row {
  readonly name: string
  readonly mustBe: string
  readonly required: string[]
  readonly optional: string[]
  readonly notes: Set<string>
}

const fieldTable = () => {
  const rows = new Map<string, Row>()
  const add = (method: string, fields: Fields, place: string): void => {
    for (const [name, { need, rule, note }] of Object.entries(fields)) {
      const key = `${place}${name} ${rule.mustBe}`
      const row = rows.get(key) ?? { name: place + name, mustBe: rule.mustBe, required: [], optional: [], notes: new Set() }
      row[need].push(method)
      if (note !== undefined) row.notes.add(note)
      rows.set(key, row)
      if (rule.members) add(method, rule.members, `${place}${name}.`)
    }
  }
  for (const { method, data, attributes } of described) {
    add(method, data, '')
    add(method, attributes, 'Attributes.')
  }
  return table(
    ['member', 'must be', 'required by', 'optional for', 'note'],
    [...rows.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, mustBe, required, optional, notes }) => [
        `\`${name}\``,
        mustBe.length > 120 ? 'one of the clearing houses below' : mustBe,
        required.join(', '),
        optional.join(', '),
        [...notes].join('; '),
      ]),
  )
}

const conditionTable = () => {
  const rows = new Map<string, string[]>()
  for (const { method, conditions = [] } of described)
    for (const { field, rule } of conditions)
      rows.set(`\`${field}\` ${rule}`, [...(rows.get(`\`${field}\` ${rule}`) ?? []), method])
  return table(
    ['rule', 'methods'],
    [...rows].map(([rule, users]) => [rule, users.join(', ')]),
  )
}

const accountTable = () =>
  table(
    ['`ClearingHouse`', 'country', '`BankNumber`', '`AccountNumber`'],
    Object.entries<AccountShape>(clearingHouses).map(([name, { country, bank, account }]) => [
      `\`${name}\``,
      country,
      bank ? `\`${bank.source}\`` : '`""`',
      `\`${account.source}\``,
    ]),
  )

const factText = ({ fact, situation }: NotificationRow): string => {
  const detail = 'reason' in fact ? ` (\`${String(fact.reason)}\`)` : ''
  const what = fact.type === 'review' ? `\`review.needed\`${detail}` : `\`${fact.type}\`${detail}`
  return situation ? `${what} ${situation}` : what
}

const notificationTable = () => {
  const cell = (method: string, kind: RootKind): string =>
    notificationRows
      .filter((row) => row.method === method && row.kind === kind)
      .map(factText)
      .join('; ')
  return table(
    ['notification', 'when', 'deposit', 'payout', 'withdrawal', 'acknowledgements'],
    Object.entries<NotificationKind>(notificationKinds).map(([method, { when, statuses }]) => [
      `\`${method}\``,
      when,
      cell(method, 'deposit'),
      cell(method, 'payout'),
      cell(method, 'withdrawal'),
      code(statuses),
    ]),
  )
}

const errorTable = () =>
  table(
    ['code', 'name', 'class', '`PaymentError`', 'effect', 'retry', 'what to do'],
    [...Object.entries(trustlyErrors), ...unnumberedErrors.map((error) => ['', error] as const)].map(([number, error]) => [
      number,
      `\`${error.name}\``,
      error.class,
      `\`${error.code}\``,
      `\`${error.effect}\``,
      `\`${error.retry}\``,
      error.hint,
    ]),
  )

const example = (name: string): string => {
  const source = readFileSync(new URL('documentation-examples.ts', import.meta.url), 'utf8')
  const [, region = ''] = source.split(`// #region ${name}\n`)
  const [body = ''] = region.split(/^ *\/\/ #endregion/m)
  return `\`\`\`ts\n${body.replace(/^ {2}/gm, '').trimEnd()}\n\`\`\``
}

/** What docs/providers/trustly-direct.md shows between `<!-- generated: NAME -->` and `<!-- end -->`. */
export const generated: { readonly [name: string]: string } = {
  methods: methodTable(),
  'errors of every call': errorsOfEveryCall.join(' '),
  members: fieldTable(),
  conditions: conditionTable(),
  accounts: accountTable(),
  notifications: notificationTable(),
  errors: errorTable(),
  'example native': example('native'),
  'example notification': example('notification'),
  'example ledger': example('ledger'),
  'example options': example('options'),
  'example signer': example('signer'),
}

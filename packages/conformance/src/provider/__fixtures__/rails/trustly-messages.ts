import { sign } from 'node:crypto'
import type { TamperedMessage, VendorMessage } from '../../provider-under-test.ts'

/** A notification of Trustly. */
interface Notification {
  readonly method: string
  readonly version: string
  readonly params: { readonly signature: string; readonly uuid: string; readonly data: Members }
}
type Members = Readonly<Record<string, unknown>>

const parse = ({ body }: VendorMessage): Notification => JSON.parse(Buffer.from(body).toString())

const withContent = (message: VendorMessage, content: object): VendorMessage => ({
  ...message,
  body: Buffer.from(JSON.stringify(content)),
})

/** The notification with other data, signed again. */
export const signedAgain = (
  message: VendorMessage,
  privateKey: string,
  change: (data: Members) => Members = (data) => data,
): VendorMessage => {
  const { params, ...envelope } = parse(message)
  const data = change(params.data)
  const signed = Buffer.from(`${envelope.method}${params.uuid}${canonical(data)}`)
  const signature = sign('sha1', signed, privateKey).toString('base64')
  return withContent(message, { ...envelope, params: { ...params, signature, data } })
}

/** Names in byte order, each followed by its value; null as nothing. */
const canonical = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(canonical).join('')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, member]) => name + canonical(member))
    .join('')
}

/** The notification with one member changed and its old signature, for each member. */
export const tampered = (message: VendorMessage): readonly TamperedMessage[] => {
  const { params, ...envelope } = parse(message)
  const { data, uuid, signature } = params
  const inData = Object.entries(data).map(([name, value]) => ({
    what: `data.${name}`,
    message: withContent(message, { ...envelope, params: { ...params, data: { ...data, [name]: changed(value) } } }),
  }))
  const variants: readonly [string, object][] = [
    ['method', { ...envelope, method: envelope.method === 'credit' ? 'debit' : 'credit', params }],
    ['uuid', { ...envelope, params: { ...params, uuid: changed(uuid) } }],
    ['signature', { ...envelope, params: { ...params, signature: changed(signature) } }],
    ['no signature', { ...envelope, params: { uuid, data } }],
    ['a further member', { ...envelope, params: { ...params, data: { ...data, extra: '1' } } }],
  ]
  return [...inData, ...variants.map(([what, content]) => ({ what, message: withContent(message, content) }))]
}

/** Another value of the same shape. */
const changed = (value: unknown): unknown => {
  if (typeof value !== 'string' || value === '') return 'changed'
  const first = value.charAt(0)
  return (first === '9' ? '8' : /\d/.test(first) ? '9' : first === 'a' ? 'b' : 'a') + value.slice(1)
}

/** Genuine forms of the notification that mean the same. */
export const variantsOf = (message: VendorMessage, privateKey: string): readonly TamperedMessage[] => {
  const again = (what: string, change: (data: Members) => Members) => ({
    what,
    message: signedAgain(message, privateKey, change),
  })
  const optional = ['enduserid', 'attributes', 'accountid']
  const replaced = (value: unknown) => (data: Members) =>
    Object.fromEntries(Object.entries(data).map(([name, given]) => [name, optional.includes(name) ? value : given]))
  return [
    again('an unknown member', (data) => ({ ...data, futuremember: 'x' })),
    again('null in optional members', replaced(null)),
    again('empty optional members', replaced('')),
    again('optional members left out', (data) =>
      Object.fromEntries(Object.entries(data).filter(([name]) => !optional.includes(name))),
    ),
    again('members in another order', (data) => Object.fromEntries(Object.entries(data).reverse())),
  ]
}

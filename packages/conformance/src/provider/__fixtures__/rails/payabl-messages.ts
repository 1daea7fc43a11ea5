import { createHash } from 'node:crypto'
import type { TamperedMessage, VendorMessage } from '../../provider-under-test.ts'

type Fields = readonly (readonly [string, string])[]

const parse = ({ body }: VendorMessage): Fields => [...new URLSearchParams(Buffer.from(body).toString('latin1'))]

const withFields = (message: VendorMessage, fields: Fields): VendorMessage => ({
  ...message,
  body: Buffer.from(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()),
})

/** SHA-256 over four fields and the secret. */
const securityOf = (fields: Fields, secret: string): string => {
  const value = (name: string): string => fields.find(([one]) => one === name)?.[1] ?? ''
  const covered = ['transactionid', 'type', 'errorcode', 'timestamp'].map(value).join('')
  return createHash('sha256').update(covered + secret, 'latin1').digest('hex')
}

const signed = (fields: Fields, secret: string): Fields =>
  fields.map(([name, value]) => [name, name === 'security' ? securityOf(fields, secret) : value])

/** The notification, signed with another secret. */
export const signedAgain = (message: VendorMessage, secret: string): VendorMessage =>
  withFields(message, signed(parse(message), secret))

/** The notification with one field changed and its old `security`, for each field. */
export const tampered = (message: VendorMessage): readonly TamperedMessage[] => {
  const fields = parse(message)
  return [
    ...fields.map(([name, value]) => ({
      what: name,
      message: withFields(
        message,
        fields.map(([one, given]) => [one, one === name ? changed(name, value) : given]),
      ),
    })),
    { what: 'no security', message: withFields(message, fields.filter(([name]) => name !== 'security')) },
  ]
}

const states: Readonly<Record<string, string>> = { credited: 'not_credited', not_credited_yet: 'credited' }

/** Another value of the same shape. */
const changed = (name: string, value: string): string => {
  if (name === 'payment_state') return states[value] ?? 'credited'
  if (name === 'type') return value === 'capture' ? 'chb' : 'capture'
  if (name === 'currency') return value === 'EUR' ? 'SEK' : 'EUR'
  const first = value.charAt(0)
  return (first === '9' ? '8' : /\d/.test(first) ? '9' : first === 'a' ? 'b' : 'a') + value.slice(1)
}

/** Genuine forms of the notification that mean the same. */
export const variantsOf = (message: VendorMessage, secret: string): readonly TamperedMessage[] => {
  const fields = parse(message)
  const again = (what: string, changedFields: Fields) => ({
    what,
    message: withFields(message, signed(changedFields, secret)),
  })
  const optional = ['errormessage', 'payment_method']
  return [
    again('an unknown field', [...fields, ['future_field', 'x']]),
    again('empty optional fields', fields.map(([name, value]) => [name, optional.includes(name) ? '' : value])),
    again('optional fields left out', fields.filter(([name]) => !optional.includes(name))),
    again('fields in another order', [...fields].reverse()),
  ]
}

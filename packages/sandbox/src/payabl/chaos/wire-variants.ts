import type { WireVariantKind, WireVariants } from '../../chaos/wire-variants.ts'
import { signNotification } from '../signing/signature.ts'
import { encodeForm, parseForm } from '../wire/form.ts'

type Fields = ReadonlyArray<readonly [name: string, value: string]>

/** Variants of payabl's forms. `security` covers transactionid, type, errorcode and timestamp only. */
export const createPayablWireVariants = (secretOf: (transactionid: string) => string | undefined): WireVariants => ({
  varyResponse: (kind, text) => (text.startsWith('<') ? text : write(kind, varyForm(kind, read(text)))),
  varyCallback: (kind, text) => {
    const fields = read(text)
    const secret = secretOf(fieldOf(fields, 'transactionid')) ?? ''
    if (kind === 'unknown-method') return write(kind, resign(withValue(fields, 'type', 'future'), secret))
    return write(kind, varyForm(kind, fields))
  },
  methodOf: (callback) => fieldOf(read(callback), 'type'),
  // A changed amount is not among them: `security` does not cover it, so clients must compare it with the order.
  // A stranger's callback is signed with the stranger's secret.
  forgeries: new Set(['bad-signature', 'garbage', 'stranger']),
})

const varyForm = (kind: WireVariantKind, fields: Fields): Fields => {
  switch (kind) {
    case 'bad-signature':
      return change(fields, 'security', (value) => value.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))
    case 'tampered-field':
      return change(fields, 'amount', (value) => `9${value}`)
    case 'shuffled-members':
      return [...fields].reverse()
    case 'unknown-fields':
      return [...fields, ['futurefield', 'new']]
    case 'nulls':
      return fields.map(([name, value]) => [name, needed.has(name) ? value : ''])
    case 'escapes':
    case 'unknown-method':
    case 'wrong-uuid':
    case 'numbers':
    case 'odd-members':
    case 'rs512':
      return fields
    default:
      return kind satisfies never
  }
}

// What the signature covers, the state, and the money. In responses also the id, the status and the page.
const needed: ReadonlySet<string> = new Set(
  `transactionid transid type errorcode timestamp security payment_state amount price currency status
  redirect_url`.split(/\s+/),
)

const write = (kind: WireVariantKind, fields: Fields): string =>
  kind === 'escapes' ? fields.map((field) => field.map(escapeAll).join('=')).join('&') : encodeForm(fields)

const escapeAll = (bytes: string): string =>
  [...bytes].map((byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')

const read = (text: string): Fields => [...parseForm(Buffer.from(text, 'latin1')).values]

const fieldOf = (fields: Fields, name: string): string => fields.find(([one]) => one === name)?.[1] ?? ''

const withValue = (fields: Fields, name: string, value: string): Fields => change(fields, name, () => value)

const change = (fields: Fields, name: string, to: (value: string) => string): Fields =>
  fields.map(([one, value]) => [one, one === name ? to(value) : value])

const resign = (fields: Fields, secret: string): Fields => {
  const [transactionid, type] = [fieldOf(fields, 'transactionid'), fieldOf(fields, 'type')]
  const [errorcode, timestamp] = [fieldOf(fields, 'errorcode'), fieldOf(fields, 'timestamp')]
  return withValue(fields, 'security', signNotification({ transactionid, type, errorcode, timestamp }, secret))
}

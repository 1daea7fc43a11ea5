import { isLeft, ownMethods } from '@railswitch/core/provider'
import { trustlyPair as trustly } from '@railswitch/sandbox/fixtures/keys'
import { publicKeys, samples, signedMessages } from '../__fixtures__/published.ts'
import { canonicalForm } from '../wire/canonical-form.ts'
import { type JsonObject, type JsonValue, memberAt, parseJson } from '../wire/json-text.ts'
import { signSync, verify } from '../wire/signature.ts'
import { customerDetails } from './customer-details.ts'
import { type Notification, verifyNotification } from './notification.ts'
import { notificationKinds } from './notification-kinds.ts'

const uuid = '258a2184-2842-b485-25ca-293525152425'
const credit: JsonObject = {
  amount: '902.50',
  currency: 'EUR',
  messageid: '98348932',
  orderid: '87654567',
  enduserid: '32123',
  notificationid: '9876543456',
  timestamp: '2010-01-20 14:42:04.675645+01',
  attributes: {},
}

const signatureOf = (method: string, data: JsonValue): string => {
  const signature = signSync({ method, uuid, data }, { key: trustly.privateKey, hash: 'sha1' })
  if (isLeft(signature)) throw new Error('cannot sign')
  return signature.right
}

const bodyOf = (data: JsonValue, method = 'credit', signature = signatureOf(method, data), id = uuid): string =>
  JSON.stringify({ method, params: { signature, uuid: id, data }, version: '1.1' })

const rail = { rail: 'north', environment: 'local' }

const parse = (body: string | Uint8Array, contentType = 'application/json; charset=utf-8', key = trustly.publicKey) =>
  verifyNotification(
    { body: typeof body === 'string' ? new TextEncoder().encode(body) : body, contentType },
    {
      verify: (message, signature) => !isLeft(verify(message, signature, { keys: [key] })),
      trustedKeys: [key],
      ...rail,
    },
  )

test('a notification of another key names the trusted one, and where to check it', () => {
  expect(parse(bodyOf(credit), 'application/json', publicKeys.trustly_test)).toMatchObject({
    left: {
      code: 'callback_refused',
      message: "The notification is refused: its signature does not verify with `publicKey` (Trustly's key of test).",
      hint: expect.stringMatching(
        /^If a sandbox .*restart the application: .*check `publicKey` of rail north \(RAILSWITCH_NORTH_PUBLIC_KEY or its _FILE\)\. .*Nothing was changed\.$/,
      ),
    },
  })
})

const accepted = (body: string): Notification | null => {
  const parsed = parse(body)
  return isLeft(parsed) ? null : parsed.right
}

test("the documentation's credit is read", () => {
  expect(accepted(bodyOf(credit))).toMatchObject({
    method: 'credit',
    uuid,
    data: { amount: '902.50', orderid: '87654567' },
  })
})

test.each(['python-real-notification1', 'java-notification-cancel'])('%s, really signed, is read', (name) => {
  const { raw = '' } = signedMessages.find((message) => message.name === name) ?? {}
  const key = name.startsWith('java') ? publicKeys.signaturetester_merchant : publicKeys.trustly_test
  if (!key) throw new Error('The fixture is missing.')
  expect(isLeft(parse(raw, 'application/json', key))).toBe(false)
  expect(
    isLeft(
      parse(raw.replace('orderid": "3', 'orderid": "4').replace('"87654567"', '"87654568"'), 'application/json', key),
    ),
  ).toBe(true)
})

test('numbers are read as they are written, and unknown members are let pass', () => {
  const text = bodyOf({ ...credit, novelty: 'x' }).replace('"87654567"', '87654567')
  expect(accepted(text)?.data.orderid).toBe('87654567')
})

test.each([
  ['an altered byte', bodyOf(credit).replace('902.50', '902.51')],
  ["a stranger's signature", bodyOf(credit, 'credit', signatureOf('credit', { ...credit, amount: '1.00' }))],
  ['another method', bodyOf(credit, 'debit', signatureOf('credit', credit))],
  ['another uuid', bodyOf(credit, 'credit', signatureOf('credit', credit), uuid.replace('2', '3'))],
  ['a member twice', bodyOf(credit).replace('"currency":"EUR"', '"currency":"EUR","currency":"EUR"')],
  ['no signature', bodyOf(credit, 'credit', '')],
  ['an algorithm that nobody has', bodyOf(credit, 'credit', `alg=RS999;${signatureOf('credit', credit)}`)],
  ['deep nesting', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['an array', '[]'],
  ['nothing', ''],
])('%s is refused', (_name, body) => {
  const parsed = parse(body)
  expect(isLeft(parsed) && parsed.left).toMatchObject({ code: 'callback_refused' })
})

test('another content type and bytes that are not UTF-8 are refused', () => {
  expect(isLeft(parse(bodyOf(credit), 'text/plain'))).toBe(true)
  expect(isLeft(parse(bodyOf(credit), 'application/jsonp'))).toBe(true)
  expect(isLeft(parse(Uint8Array.of(0x7b, 0xff, 0x7d)))).toBe(true)
})

test.each(
  samples.filter(({ name }) => /-notification-(?!response)/.test(name)).map(({ name, raw }) => [name, raw] as const),
)('%s, as published, is read once it is signed', (_name, raw) => {
  const published = parseJson(raw)
  const method = isLeft(published) ? '' : String(memberAt(published.right, 'method'))
  const data = isLeft(published) ? undefined : memberAt(published.right, 'params', 'data')
  const read = accepted(bodyOf(data ?? null, method))
  expect(read?.method).toBe(method)
  for (const name of ['orderid', 'notificationid', 'messageid', 'accountid', 'amount'] as const)
    expect(read?.data[name]).toBe(memberAt(data ?? null, name))
})

test.each(
  Object.entries(notificationKinds).flatMap(([method, { needs }]) => needs.map((name) => [method, name] as const)),
)('a %s without %s says nothing', (method, name) => {
  const extra: JsonObject = { accountid: '1234567890', kycentityid: '29a750aa-0bad-4a28-a42d-ffb9a690d93a' }
  const whole: JsonObject = { ...credit, ...extra }
  const rest = Object.fromEntries(Object.entries(whole).filter(([member]) => member !== name))
  expect(accepted(bodyOf(whole, method))).not.toBeNull()
  expect(accepted(bodyOf(rest, method))).toBeNull()
})

test.each(Object.values(ownMethods))('%s, a word of our own for what nobody but we can say, is refused', (method) => {
  expect(accepted(bodyOf(credit, method))).toBeNull()
})

test('what is refused is not repeated in the error', () => {
  const parsed = parse(bodyOf({ ...credit, amount: 'marked-secret' }))
  expect(isLeft(parsed) && JSON.stringify(parsed.left)).not.toContain('marked-secret')
})

/** Every way to move the border between two neighbouring pieces of the plaintext, in either direction. */
const shifts = (data: JsonObject): readonly JsonObject[] => {
  const names = Object.keys(data).sort()
  const textOf = (name: string): string => canonicalForm(data[name] ?? null)
  const pieces = names.flatMap((name) => [name, textOf(name)])
  const shifted: JsonObject[] = []
  for (let border = 1; border < pieces.length; border += 1)
    for (let by = -60; by <= 60; by += 1) {
      const text = `${pieces[border - 1]}${pieces[border]}`
      const cut = (pieces[border - 1] ?? '').length + by
      if (by === 0 || cut < 0 || cut > text.length) continue
      const moved = pieces.with(border - 1, text.slice(0, cut)).with(border, text.slice(cut))
      const members: [string, JsonValue][] = []
      for (let at = 0; at < moved.length; at += 2) {
        const [name = '', value = ''] = moved.slice(at, at + 2)
        const asSent = data[name] ?? null
        // What was not moved keeps its form: an object is no text.
        members.push([name, canonicalForm(asSent) === value && asSent !== null ? asSent : value])
      }
      shifted.push(Object.fromEntries(members))
    }
  names.forEach((name, index) => {
    const { [name]: value = null, ...rest } = data
    const text = textOf(name)
    // A name and its value merged into one name, or hidden one level deeper.
    if (typeof value === 'string') shifted.push({ ...rest, [name + value]: '' }, { ...rest, [name]: { [value]: '' } })
    // Members that follow hidden in a value, in a name, or in attributes.
    for (let last = index + 1; last < names.length; last += 1) {
      const hidden = names.slice(index + 1, last + 1)
      const kept = Object.fromEntries(Object.entries(rest).filter(([other]) => !hidden.includes(other)))
      const tail = hidden.map((other) => other + textOf(other)).join('')
      shifted.push(
        { ...kept, [name]: text + tail },
        { ...kept, [name + text + tail]: '' },
        { ...kept, [name]: { [text + tail]: '' } },
      )
    }
  })
  return shifted
}

const account: JsonObject = {
  accountid: '1234567890',
  verified: '1',
  orderid: '3473567567',
  messageid: '453455465',
  notificationid: '35673567',
  attributes: {},
}
const kyc: JsonObject = {
  kycentityid: '29a750aa-0bad-4a28-a42d-ffb9a690d93a',
  abort: '1',
  abortmessage: 'underage',
  orderid: '87654567',
  messageid: 'mytransaction-001',
  notificationid: '9876543456',
  attributes: {},
}

test.each([
  ['credit', credit, ['amount', 'currency', 'orderid', 'messageid', 'notificationid']],
  ['account', account, ['accountid', 'orderid', 'messageid', 'notificationid']],
  ['kyc', kyc, ['abort', 'orderid', 'messageid', 'notificationid']],
] as const)(
  'a shifted border keeps the signature of a %s valid, and never says something else',
  (method, data, said) => {
    const saidBy = (read: Notification) =>
      said.map((name) => (name === 'abort' ? read.data.abort !== null : read.data[name]))
    const signature = signatureOf(method, data)
    const genuine = accepted(bodyOf(data, method, signature))
    const valid = shifts(data).filter((shifted) => canonicalForm(shifted) === canonicalForm(data))
    expect(valid.length).toBeGreaterThan(100)
    let some = 0
    for (const shifted of valid) {
      const read = accepted(bodyOf(shifted, method, signature))
      if (read) some += 1
      // Of an abort, the reason may be lost, but never the abort.
      if (read) expect(saidBy(read)).toEqual(genuine && saidBy(genuine))
    }
    expect(some).toBeGreaterThan(10)
  },
)

test('a shifted border in the details of the customer never gives another birth date or person', () => {
  const attributes: JsonObject = {
    city: 'STOCKHOLM',
    country: 'Sweden',
    dob: '1965-12-17',
    firstname: 'Joe',
    lastname: 'Johnson',
    personid: 'SE196512171957',
    street: 'Street 10',
    zipcode: '11253',
  }
  const whole: JsonObject = { ...kyc, attributes }
  const signature = signatureOf('kyc', whole)
  const valid = shifts(attributes)
    .map((shifted): JsonObject => ({ ...whole, attributes: shifted }))
    .filter((shifted) => canonicalForm(shifted) === canonicalForm(whole))
  expect(valid.length).toBeGreaterThan(50)
  for (const shifted of valid) {
    const read = accepted(bodyOf(shifted, 'kyc', signature))
    const { dateOfBirth = '1965-12-17', personId = 'SE196512171957' } = (read && customerDetails(read)) ?? {}
    expect({ dateOfBirth, personId }).toEqual({ dateOfBirth: '1965-12-17', personId: 'SE196512171957' })
  }
})
